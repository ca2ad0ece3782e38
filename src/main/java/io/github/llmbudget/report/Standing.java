package io.github.llmbudget.report;

import java.util.List;
import org.apiguardian.api.API;

/**
 * How a test stands, the worst first.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public enum Standing {
    /** Over its budget, or one that it shares is exceeded. */
    OVER_BUDGET("over", "over budget"),
    /** Failed for another reason. */
    FAILED("failed", "failed"),
    /** So near a limit that its declaration asks for a warning. */
    NEAR_LIMIT("warning", "warning"),
    /** Its cost is not known, or not all of it. */
    UNKNOWN_COST("unknown-cost", "unknown cost"),
    /** Aborted. */
    ABORTED("aborted", "aborted"),
    /** As it should be. */
    FINE("passed", "passed");

    private final String id;
    private final String label;

    Standing(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /**
     * Finds how a test stands.
     *
     * @param test the test
     * @return the worst that can be said of it
     */
    public static Standing of(TestUsage test) {
        return of(test, test.totals().listCost().isComplete());
    }

    /**
     * Finds how a test stands whose calls somebody looks through anyway.
     *
     * @param test the test
     * @param calls its calls
     * @return the worst that can be said of it
     */
    public static Standing of(TestUsage test, List<CallUsage> calls) {
        return of(test, calls.stream().allMatch(call -> call.cost().isComplete()));
    }

    private static Standing of(TestUsage test, boolean isCostKnown) {
        boolean isNear = false;
        for (LimitUsage limit : test.limits()) {
            if (limit.breach() != null) {
                return OVER_BUDGET;
            }
            isNear |= limit.isNear();
        }
        return switch (test.outcome()) {
            case OVER_BUDGET -> OVER_BUDGET;
            case FAILED -> FAILED;
            case PASSED, ABORTED -> {
                if (isNear) {
                    yield NEAR_LIMIT;
                }
                if (!isCostKnown) {
                    yield UNKNOWN_COST;
                }
                yield test.outcome() == TestUsage.Outcome.ABORTED ? ABORTED : FINE;
            }
        };
    }

    /**
     * Returns the name in style, links and filters of the page.
     *
     * @return a word without blanks
     */
    public String id() {
        return id;
    }

    /**
     * Returns the words for it.
     *
     * @return for example {@code over budget}
     */
    public String label() {
        return label;
    }

    /** Tells whether somebody should look at the test. */
    boolean needsALook() {
        return compareTo(UNKNOWN_COST) <= 0;
    }
}
