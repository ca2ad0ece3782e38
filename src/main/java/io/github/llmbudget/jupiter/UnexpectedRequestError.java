package io.github.llmbudget.jupiter;

import io.github.llmbudget.endpoint.UnexpectedRequest;
import java.util.List;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;

/**
 * Fails a test whose code sent requests that nobody scripted. Thrown after the test, so that no code under test can
 * catch it.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class UnexpectedRequestError extends AssertionFailedError {

    private static final long serialVersionUID = 1L;

    private static final int COMPARISON_INDENT = 4;

    UnexpectedRequestError(List<UnexpectedRequest> requests, String remark) {
        super(message(requests, remark));
        // The message says what was sent; the frames would only tell how JUnit called the extension.
        setStackTrace(new StackTraceElement[0]);
    }

    private static String message(List<UnexpectedRequest> requests, String remark) {
        StringBuilder message = new StringBuilder("LLM mock: ")
                .append(requests.size() == 1 ? "1 request that" : requests.size() + " requests that")
                .append(" nobody scripted, answered with HTTP 400\n");
        requests.forEach(request -> {
            message.append("\n  ").append(request);
            if (request.comparison() != null) {
                message.append("\n\n").append(request.comparison().indent(COMPARISON_INDENT));
            }
        });
        return message.append(message.charAt(message.length() - 1) == '\n' ? "\n" : "\n\n")
                .append("  Script a reply for each request with MockLlm.reply(...), or one for all that are left with")
                .append(" MockLlm.otherwise(...).")
                .append(remark.isEmpty() ? "" : "\n  " + remark)
                .toString();
    }
}
