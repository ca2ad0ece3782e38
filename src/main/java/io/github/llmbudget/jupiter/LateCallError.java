package io.github.llmbudget.jupiter;

import io.github.llmbudget.usage.CallRecorder;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;

/**
 * Fails a test while which a client told a call to the {@link CallRecorder} of another test, which was over: the call is
 * in no budget and in no report. Thrown after the test, so that no code under test can catch it.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class LateCallError extends AssertionFailedError {

    private static final long serialVersionUID = 1L;

    LateCallError(String over) {
        super("LLM call not counted: while this test ran, a client told a call to the CallRecorder of " + over
                + ", which is over. Build the client anew for each test, with the CallRecorder that it takes; a client"
                + " that is built once can take the address of LlmEndpoint.shared() instead.");
        // The frames would only tell how the client called us.
        setStackTrace(new StackTraceElement[0]);
    }
}
