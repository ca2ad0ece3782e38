package io.github.llmbudget.jupiter;

import io.github.llmbudget.cassette.SecretFoundException;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;

/**
 * Fails a test whose cassette would hold what looks like a key. Nothing was written; the message says where it is, and not
 * what it is.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class CassetteSecretError extends AssertionFailedError {

    private static final long serialVersionUID = 1L;

    CassetteSecretError(String cassette, SecretFoundException secret) {
        super("LLM cassette: " + cassette + " was not written\n\n  " + secret.getMessage());
        // The message says what was found; the frames would only tell how JUnit called the extension.
        setStackTrace(new StackTraceElement[0]);
    }
}
