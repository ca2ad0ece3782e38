package io.github.llmbudget.report.page;

import io.github.llmbudget.report.LimitUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A limit of a test as the page shows it.
 *
 * @param limit the limit
 */
record LimitRow(LimitUsage limit) {

    private static final String NOTHING_LEFT = "none";

    /** Returns how much of the limit was used. */
    String share() {
        return limit.describeShare();
    }

    /** Returns how much of it is left. */
    String headroom() {
        if (limit.isUnknown()) {
            return "unknown";
        }
        BigDecimal max = limit.limit().max();
        if (limit.used().compareTo(max) > 0) {
            return NOTHING_LEFT;
        }
        BigDecimal left = max.signum() == 0
                ? BigDecimal.ZERO
                : BigDecimal.ONE.subtract(limit.share()).movePointRight(2).setScale(0, RoundingMode.HALF_UP);
        return (limit.complete() ? "" : "<=") + left.toPlainString() + "%";
    }

    Bar bar() {
        return Bar.of(limit);
    }

    String mark() {
        return limit.breach() != null ? "FAILED" : limit.isNear() ? "WARNING" : "";
    }
}
