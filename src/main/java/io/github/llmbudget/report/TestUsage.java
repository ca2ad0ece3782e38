package io.github.llmbudget.report;

import java.time.Instant;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What one test used: a line of the journal. What was called outside of the tests of a class is told as a test of its own,
 * named after the class; what was called outside of all classes, as {@value #RUN}.
 *
 * @param id JUnit's unique id of the test
 * @param testClass the name of its class, with package
 * @param name its name for a reader, such as {@code SupportBotTest.answersARefundQuestion}
 * @param outcome how it ended
 * @param start when it began
 * @param end when it ended
 * @param calls its calls in the order in which they ended
 * @param limits its limits and how much of each was used
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TestUsage(
        String id,
        String testClass,
        String name,
        Outcome outcome,
        Instant start,
        Instant end,
        List<CallUsage> calls,
        List<LimitUsage> limits) {

    /** The id and the name of what was called outside of all tests and classes, with the limits of the whole run. */
    public static final String RUN = "(run)";

    /** How a test ended. */
    public enum Outcome {
        /** It passed, within its budget. */
        PASSED,
        /** It failed, for whatever reason but its budget. */
        FAILED,
        /** It was aborted, by an assumption for example. */
        ABORTED,
        /** Its budget was exceeded or could not be checked. */
        OVER_BUDGET
    }

    /**
     * Copies the lists.
     *
     * @param id JUnit's unique id of the test
     * @param testClass the name of its class, with package
     * @param name its name for a reader, such as {@code SupportBotTest.answersARefundQuestion}
     * @param outcome how it ended
     * @param start when it began
     * @param end when it ended
     * @param calls its calls in the order in which they ended
     * @param limits its limits and how much of each was used
     */
    public TestUsage {
        calls = List.copyOf(calls);
        limits = List.copyOf(limits);
    }

    /**
     * Adds up the calls.
     *
     * @return the totals
     */
    public Totals totals() {
        return Totals.of(calls);
    }
}
