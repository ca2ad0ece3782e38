package io.github.llmbudget.report;

import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * From one cost to another, both of them known.
 *
 * @param before what it was
 * @param after what it is
 */
record CostChange(Cost before, Cost after) {

    private static final int PERCENT = 2;
    private static final int DIVISION_DIGITS = 12;
    private static final BigDecimal SMALLEST_SHOWN = new BigDecimal("0.05");

    BigDecimal usd() {
        return after.usd().subtract(before.usd());
    }

    /** Returns for example {@code +$0.00031, +8.1%}, or {@code -$0.00031} where there was nothing before. */
    String inATable() {
        String percent = percent();
        return mark() + sign() + amount() + (percent.isEmpty() ? "" : ", " + percent);
    }

    /** Returns for example {@code up $0.03100 (+8.1%)} or {@code unchanged}. */
    String inASentence() {
        if (usd().signum() == 0) {
            return "unchanged";
        }
        String percent = percent();
        return (usd().signum() > 0 ? "up " : "down ")
                + mark()
                + amount()
                + (percent.isEmpty() ? "" : " (" + percent + ")");
    }

    private String amount() {
        BigDecimal amount = usd().abs();
        return Usd.rounded(amount, Usd.readableScale(amount));
    }

    private String percent() {
        if (before.usd().signum() == 0) {
            return "";
        }
        BigDecimal percent = usd().abs()
                .divide(before.usd(), DIVISION_DIGITS, RoundingMode.HALF_UP)
                .movePointRight(PERCENT);
        return sign()
                + (percent.compareTo(SMALLEST_SHOWN) < 0 ? "<0.1" : String.format(Locale.ROOT, "%,.1f", percent))
                + "%";
    }

    private String sign() {
        return usd().signum() < 0 ? "-" : "+";
    }

    private String mark() {
        boolean isExact = before.exactness() == Cost.Exactness.EXACT && after.exactness() == Cost.Exactness.EXACT;
        return isExact ? "" : "~";
    }
}
