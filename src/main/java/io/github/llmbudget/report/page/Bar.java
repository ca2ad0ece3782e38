package io.github.llmbudget.report.page;

import io.github.llmbudget.report.LimitUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much of a limit was used, as a bar. The limit is at 100; what goes beyond it is a bar of its own, up to 25 long.
 *
 * @param tone {@code ok}, {@code near}, {@code over} or {@code unknown}
 * @param used how long the used part is, 0 to 100
 * @param over how long the part beyond the limit is, 0 to 25
 * @param warning where the warning begins, 0 if there is none
 */
record Bar(String tone, int used, int over, int warning) {

    static final Bar NONE = new Bar("none", 0, 0, 0);

    private static final int LIMIT = 100;
    private static final int MOST_OVER = 25;
    private static final int LEAST_SEEN = 1;

    static Bar of(LimitUsage limit) {
        BigDecimal warnAt = limit.limit().warnAt();
        int warning = warnAt == null ? 0 : scaled(warnAt);
        if (limit.isUnknown()) {
            return new Bar("unknown", LIMIT, 0, warning);
        }
        boolean isOver = limit.used().compareTo(limit.limit().max()) > 0;
        if (isOver) {
            int beyond = limit.limit().max().signum() == 0 ? MOST_OVER : scaled(limit.share()) - LIMIT;
            return new Bar("over", LIMIT, Math.max(2, Math.min(beyond, MOST_OVER)), warning);
        }
        String tone = limit.breach() == null ? (limit.isNear() ? "near" : "ok") : "over";
        int used = limit.used().signum() == 0 ? 0 : Math.max(LEAST_SEEN, scaled(limit.share()));
        return new Bar(tone, Math.min(used, LIMIT), 0, warning);
    }

    /** Returns a part of a whole in thousandths. */
    static int permille(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0
                ? 0
                : part.movePointRight(3)
                        .divide(whole, 0, RoundingMode.HALF_UP)
                        .min(BigDecimal.valueOf(1_000))
                        .intValue();
    }

    static int permille(long part, long whole) {
        return permille(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
    }

    private static int scaled(BigDecimal share) {
        return share.movePointRight(2)
                .setScale(0, RoundingMode.HALF_UP)
                .min(BigDecimal.valueOf(2L * LIMIT))
                .intValue();
    }
}
