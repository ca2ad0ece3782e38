package io.github.llmbudget.jupiter;

import io.github.llmbudget.endpoint.UnusedReply;
import java.util.List;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;

/**
 * Fails a test that scripted replies which no request asked for. Thrown after the test, if nothing else has failed it:
 * whatever that was may be why they were not asked for.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class UnusedReplyError extends AssertionFailedError {

    private static final long serialVersionUID = 1L;

    UnusedReplyError(List<UnusedReply> replies) {
        super(message(replies));
        // The message says what was scripted; the frames would only tell how JUnit called the extension.
        setStackTrace(new StackTraceElement[0]);
    }

    private static String message(List<UnusedReply> replies) {
        StringBuilder message = new StringBuilder("LLM mock: ")
                .append(replies.size() == 1 ? "1 reply that" : replies.size() + " replies that")
                .append(" no request asked for\n");
        replies.forEach(reply -> message.append("\n  ").append(reply));
        return message.append(
                        "\n\n  Leave them out, or give them with always(...) or otherwise(...) if they need not be asked")
                .append(" for.")
                .toString();
    }
}
