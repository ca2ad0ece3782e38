package io.github.llmbudget.budget;

import io.github.llmbudget.price.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Shows the two numbers of a breach so that they can be told apart. */
final class BreachText {

    /** The mean of whole numbers is none. */
    private static final int FRACTION = 2;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private BreachText() {}

    static String actual(BudgetBreach breach) {
        return amount(breach.actual(), breach);
    }

    static String max(BudgetBreach breach) {
        return amount(breach.limit().max(), breach);
    }

    /** Shows an amount of money with as many decimals as it takes to see that it differs from the limit. */
    static String amount(BigDecimal amount, BudgetBreach breach) {
        if (breach.limit().metric() != Metric.COST) {
            return amount.stripTrailingZeros().scale() <= 0
                    ? TextTable.count(amount.longValueExact())
                    : String.format(Locale.ROOT, "%,.2f", amount.setScale(FRACTION, RoundingMode.UP));
        }
        int scale = Math.max(
                Usd.readableScale(breach.actual()),
                breach.kind() == BudgetBreach.Kind.EXCEEDED
                        ? 0
                        : Usd.readableScale(breach.limit().max()));
        if (breach.kind() == BudgetBreach.Kind.EXCEEDED) {
            while (breach.actual()
                            .setScale(scale, RoundingMode.HALF_UP)
                            .compareTo(breach.limit().max().setScale(scale, RoundingMode.HALF_UP))
                    <= 0) {
                scale++;
            }
        }
        return Usd.rounded(amount, scale);
    }

    static String percentOver(BudgetBreach breach) {
        BigDecimal max = breach.limit().max();
        if (max.signum() == 0) {
            return "";
        }
        BigDecimal percent = breach.actual().subtract(max).multiply(HUNDRED).divide(max, 0, RoundingMode.HALF_UP);
        return percent.signum() == 0
                ? " (+<1%)"
                : " (+" + String.format(Locale.ROOT, "%,d", percent.toBigInteger()) + "%)";
    }
}
