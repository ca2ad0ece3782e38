package io.github.llmbudget.report.page;

import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.report.LimitUsage;
import io.github.llmbudget.report.Totals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a test stands with one of its limits.
 *
 * @param limit the limit
 * @param share how much of it was used, for a reader
 * @param headroom how much of it is left, for a reader
 * @param bar the same to look at
 */
record Standing(LimitUsage limit, String share, String headroom, Bar bar) {

    private static final String UNKNOWN = "unknown";
    private static final Comparator<LimitUsage> TIGHTER = Comparator.comparing(
                    (LimitUsage limit) -> limit.breach() != null)
            .thenComparing(LimitUsage::isNear)
            .thenComparing(LimitUsage::share);

    static Standing of(LimitUsage limit, Totals totals) {
        boolean isKnown = isKnown(limit, totals);
        boolean isNothing = limit.used().signum() == 0;
        String share = isKnown ? limit.describeShare() : isNothing ? UNKNOWN : ">=" + limit.describeShare();
        Bar bar = Bar.of(limit);
        return new Standing(
                limit,
                share,
                share.equals(UNKNOWN) ? UNKNOWN : (isKnown ? "" : "<=") + headroom(limit),
                isKnown || !isNothing ? bar : new Bar(UNKNOWN, 0, 0, bar.warning()));
    }

    /** Finds the limit that is broken, near, or has the least headroom. */
    static Optional<Standing> tightest(List<LimitUsage> limits, Totals totals) {
        return limits.isEmpty() ? Optional.empty() : Optional.of(of(Collections.max(limits, TIGHTER), totals));
    }

    String mark() {
        return limit.breach() != null ? "FAILED" : limit.isNear() ? "WARNING" : "";
    }

    private static String headroom(LimitUsage limit) {
        BigDecimal max = limit.limit().max();
        if (max.signum() == 0) {
            return limit.used().signum() == 0 ? "0%" : "none";
        }
        BigDecimal left =
                BigDecimal.ONE.subtract(limit.share()).movePointRight(2).setScale(0, RoundingMode.HALF_UP);
        return limit.used().compareTo(max) > 0 ? "none" : left.toPlainString() + "%";
    }

    /** The share of a cost that lacks prices, or of what was counted in part, is the least that it can be. */
    private static boolean isKnown(LimitUsage limit, Totals totals) {
        return limit.breach() != null
                || limit.limit().per() != Scope.TEST
                || switch (limit.limit().metric()) {
                    case COST -> totals.listCost().isComplete();
                    case TOKENS, INPUT_TOKENS, OUTPUT_TOKENS -> totals.partial() == 0 && totals.uncounted() == 0;
                    case CALLS -> true;
                };
    }
}
