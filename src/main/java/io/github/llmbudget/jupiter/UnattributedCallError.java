package io.github.llmbudget.jupiter;

import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.UnattributedCall;
import java.util.List;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;

/**
 * Fails the tests that a call to the shared address may belong to, if nobody can tell to which. Thrown after the test, so
 * that no code under test can catch it.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class UnattributedCallError extends AssertionFailedError {

    private static final long serialVersionUID = 1L;

    UnattributedCallError(List<UnattributedCall> calls) {
        super(message(calls));
        // The message says what was sent; the frames would only tell how JUnit called the extension.
        setStackTrace(new StackTraceElement[0]);
    }

    private static String message(List<UnattributedCall> calls) {
        StringBuilder message = new StringBuilder("LLM calls unattributed: ")
                .append(calls.size() == 1 ? "1 call" : calls.size() + " calls")
                .append(" to the shared address may belong to several tests that ran at once. None was sent.\n");
        calls.forEach(call ->
                message.append("\n  ").append(call.request()).append(": ").append(String.join(", or ", call.tests())));
        return message.append("\n\n  Say whose a call is in its header ")
                .append(LlmEndpoint.TEST_HEADER)
                .append(", give the client the baseUrl() of its own test, or keep the tests\n")
                .append("  apart with JUnit's @Execution(SAME_THREAD) or @ResourceLock.")
                .toString();
    }
}
