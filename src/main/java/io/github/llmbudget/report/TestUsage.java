package io.github.llmbudget.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What one test used: a line of the journal. A class has a line too, with what was called outside of its tests and the
 * limits that they share; so has the run, and a test that runs several times and has limits on all its runs.
 *
 * @param kind what it is
 * @param id JUnit's unique id of the test
 * @param testClass the name of its class, with package
 * @param name its name for a reader, such as {@code SupportBotTest.answersARefundQuestion}
 * @param outcome how it ended
 * @param start when it began
 * @param end when it ended
 * @param calls its calls in the order in which they ended
 * @param limits its limits and how much of each was used
 * @param earlierAttempts how it went before, if it was run again; what it used then is not part of this
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TestUsage(
        Kind kind,
        String id,
        String testClass,
        String name,
        Outcome outcome,
        Instant start,
        Instant end,
        List<CallUsage> calls,
        List<LimitUsage> limits,
        List<TestUsage> earlierAttempts) {

    /** The name of a run. */
    public static final String RUN = "(run)";

    /** What a line of the journal tells about. */
    public enum Kind {
        /** A test, or one run of it if it runs several times. */
        TEST,
        /** All runs of a test that runs several times: their number, and the limits on all of them. */
        REPEATED,
        /** A class: the calls outside of its tests, and the limits that they share. */
        CLASS,
        /** The run: the calls outside of all classes, and its limits. */
        RUN
    }

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
     * @param kind what it is
     * @param id JUnit's unique id of the test
     * @param testClass the name of its class, with package
     * @param name its name for a reader, such as {@code SupportBotTest.answersARefundQuestion}
     * @param outcome how it ended
     * @param start when it began
     * @param end when it ended
     * @param calls its calls in the order in which they ended
     * @param limits its limits and how much of each was used
     * @param earlierAttempts how it went before, if it was run again; what it used then is not part of this
     */
    public TestUsage {
        calls = calls instanceof CallsOnDemand ? calls : List.copyOf(calls);
        limits = List.copyOf(limits);
        earlierAttempts = List.copyOf(earlierAttempts);
    }

    /**
     * Describes a test that was run once.
     *
     * @param kind what it is
     * @param id JUnit's unique id of the test
     * @param testClass the name of its class, with package
     * @param name its name for a reader, such as {@code SupportBotTest.answersARefundQuestion}
     * @param outcome how it ended
     * @param start when it began
     * @param end when it ended
     * @param calls its calls in the order in which they ended
     * @param limits its limits and how much of each was used
     */
    public TestUsage(
            Kind kind,
            String id,
            String testClass,
            String name,
            Outcome outcome,
            Instant start,
            Instant end,
            List<CallUsage> calls,
            List<LimitUsage> limits) {
        this(kind, id, testClass, name, outcome, start, end, calls, limits, List.of());
    }

    /**
     * Returns this test after it went otherwise before.
     *
     * @param attempts the earlier attempts, the first one first
     * @return this test with its earlier attempts
     */
    TestUsage after(List<TestUsage> attempts) {
        return new TestUsage(kind, id, testClass, name, outcome, start, end, calls, limits, attempts);
    }

    /**
     * Returns this test as it is written, with other lists.
     *
     * @param known the calls
     * @param used the limits
     * @return the changed test
     */
    TestUsage with(List<CallUsage> known, List<LimitUsage> used) {
        return new TestUsage(kind, id, testClass, name, outcome, start, end, known, used, earlierAttempts);
    }

    /**
     * Returns this test with what its limits come to.
     *
     * @param known the limits
     * @return the changed test; over its budget if one of them is not held, and no longer if one was not before
     */
    TestUsage withLimits(List<LimitUsage> known) {
        boolean isOver = known.stream().anyMatch(limit -> limit.breach() != null);
        boolean wasOver = limits.stream().anyMatch(limit -> limit.breach() != null);
        Outcome otherwise = wasOver && outcome == Outcome.OVER_BUDGET ? Outcome.PASSED : outcome;
        Outcome worst = isOver ? Outcome.OVER_BUDGET : otherwise;
        return new TestUsage(kind, id, testClass, name, worst, start, end, calls, known, earlierAttempts);
    }

    /**
     * Finds the limit that tells most of this test: one that is not held, else one that it comes near, else the fullest.
     *
     * @return the limit, empty if there is none
     */
    public Optional<LimitUsage> tightest() {
        return limits.stream()
                .max(Comparator.comparing((LimitUsage limit) -> limit.breach() != null)
                        .thenComparing(LimitUsage::isNear)
                        .thenComparing(LimitUsage::share));
    }

    /**
     * Returns the calls for somebody who goes through them several times.
     *
     * @return the calls, made ready for that unless they are too many to be held at once
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public List<CallUsage> callsForSeveralLooks() {
        return calls instanceof CallsOnDemand made ? made.forSeveralLooks() : calls;
    }

    /**
     * Adds up the calls.
     *
     * @return the totals
     */
    public Totals totals() {
        return calls instanceof CallsOnDemand made ? made.totals() : Totals.of(calls);
    }
}
