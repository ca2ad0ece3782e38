package io.github.llmbudget.report;

import java.util.Comparator;

/** How a test stands, the worst first. */
enum Standing {
    /** Over its budget, or one that it shares is exceeded. */
    OVER_BUDGET,
    /** Failed for another reason. */
    FAILED,
    /** So near a limit that its declaration asks for a warning. */
    NEAR_LIMIT,
    /** Its cost is not known, or not all of it. */
    UNKNOWN_COST,
    /** Aborted. */
    ABORTED,
    /** As it should be. */
    FINE;

    /** Those that matter most first, then the dearest, then by name. */
    static final Comparator<TestUsage> WORST_FIRST =
            Comparator.comparing(Standing::of).thenComparing(dearestFirst());

    static Standing of(TestUsage test) {
        if (test.outcome() == TestUsage.Outcome.OVER_BUDGET
                || test.limits().stream().anyMatch(limit -> limit.breach() != null)) {
            return OVER_BUDGET;
        }
        if (test.outcome() == TestUsage.Outcome.FAILED) {
            return FAILED;
        }
        if (test.limits().stream().anyMatch(LimitUsage::isNear)) {
            return NEAR_LIMIT;
        }
        if (!test.totals().listCost().isComplete()) {
            return UNKNOWN_COST;
        }
        return test.outcome() == TestUsage.Outcome.ABORTED ? ABORTED : FINE;
    }

    static Comparator<TestUsage> dearestFirst() {
        return Comparator.comparing((TestUsage test) -> test.totals().listCost().usd())
                .reversed()
                .thenComparing(TestUsage::name)
                .thenComparing(TestUsage::id);
    }

    /** Tells whether somebody should look at the test. */
    boolean needsALook() {
        return compareTo(UNKNOWN_COST) <= 0;
    }
}
