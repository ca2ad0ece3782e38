package io.github.llmbudget.jupiter;

import io.github.llmbudget.cassette.CassetteMiss;
import java.util.List;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;

/**
 * Fails a test that made requests which its cassette has no answer to. Thrown after the test, so that no code under test
 * can catch it.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class CassetteMissError extends AssertionFailedError {

    private static final long serialVersionUID = 1L;

    private static final int INDENT = 2;
    private static final int SHOWN = 3;

    CassetteMissError(String cassette, List<CassetteMiss> misses, String remedy) {
        super(message(cassette, misses, remedy));
        // The message says what was sent; the frames would only tell how JUnit called the extension.
        setStackTrace(new StackTraceElement[0]);
    }

    private static String message(String cassette, List<CassetteMiss> misses, String remedy) {
        StringBuilder message = new StringBuilder("LLM cassette: ")
                .append(misses.size() == 1 ? "1 request that was" : misses.size() + " requests that were")
                .append(" not recorded in ")
                .append(cassette)
                .append('\n');
        misses.stream()
                .limit(SHOWN)
                .forEach(miss -> message.append('\n').append(miss.describe().indent(INDENT)));
        if (misses.size() > SHOWN) {
            message.append("\n  and ").append(misses.size() - SHOWN).append(" more:\n");
            misses.stream()
                    .skip(SHOWN)
                    .forEach(miss -> message.append("  ").append(miss.request()).append('\n'));
        }
        return message.append("\n  ").append(remedy).toString();
    }
}
