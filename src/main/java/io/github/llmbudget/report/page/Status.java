package io.github.llmbudget.report.page;

import io.github.llmbudget.report.LimitUsage;
import io.github.llmbudget.report.TestUsage;

/** How a test ended, as far as the page tells tests apart. The first ones matter most. */
enum Status {
    OVER_BUDGET("over", "over budget"),
    FAILED("failed", "failed"),
    WARNING("warning", "warning"),
    ABORTED("aborted", "aborted"),
    PASSED("passed", "passed");

    private final String id;
    private final String label;

    Status(String id, String label) {
        this.id = id;
        this.label = label;
    }

    static Status of(TestUsage test) {
        return switch (test.outcome()) {
            case OVER_BUDGET -> OVER_BUDGET;
            case FAILED -> FAILED;
            case ABORTED -> ABORTED;
            case PASSED -> ofHeld(test);
        };
    }

    /** A limit that tests share is broken by one of them, and shown as broken where it stands too. */
    private static Status ofHeld(TestUsage test) {
        Status status = PASSED;
        for (LimitUsage limit : test.limits()) {
            if (limit.breach() != null) {
                return OVER_BUDGET;
            }
            status = limit.isNear() ? WARNING : status;
        }
        return status;
    }

    /** Returns the name in style, links and filters. */
    String id() {
        return id;
    }

    String label() {
        return label;
    }
}
