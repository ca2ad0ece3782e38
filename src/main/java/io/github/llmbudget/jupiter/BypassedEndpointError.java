package io.github.llmbudget.jupiter;

import java.util.Collection;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;

/**
 * Fails a test while which a client connected to a model service by an address that is not that of the test: what it
 * called is in no budget and in no report. Thrown after the test, so that no code under test can catch it.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BypassedEndpointError extends AssertionFailedError {

    private static final long serialVersionUID = 1L;

    BypassedEndpointError(Collection<String> hosts) {
        super("LLM calls not counted: while this test ran, a client connected to " + String.join(" and ", hosts)
                + " itself. Give the client the baseUrl() and the apiKey() of an LlmEndpoint parameter; if its address"
                + " cannot be changed, take a CallRecorder and watch the client from within.");
        // The frames would only tell how JUnit called the extension.
        setStackTrace(new StackTraceElement[0]);
    }
}
