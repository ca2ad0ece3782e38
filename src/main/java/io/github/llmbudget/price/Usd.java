package io.github.llmbudget.price;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apiguardian.api.API;

/**
 * Shows amounts of US dollars. Nothing but the text is ever rounded.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Usd {

    /** Decimals that show the price of an ordinary call. */
    public static final int USUAL_SCALE = 5;

    private static final int CENTS = 2;
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int FINEST_SCALE = 12;

    private Usd() {}

    /**
     * Shows an amount exactly, with two decimals at least.
     *
     * @param amount the amount
     * @return for example {@code $0.000034}
     */
    public static String exact(BigDecimal amount) {
        return rounded(amount, Math.max(CENTS, amount.stripTrailingZeros().scale()));
    }

    /**
     * Shows an amount with a given number of decimals.
     *
     * @param amount the amount
     * @param scale the number of decimals
     * @return for example {@code $0.02005}
     */
    public static String rounded(BigDecimal amount, int scale) {
        return "$"
                + Thousands.separated(
                        amount.setScale(scale, RoundingMode.HALF_UP).toPlainString());
    }

    /**
     * Shows an amount of which more is to be expected; it is never rounded up.
     *
     * @param amount the least it can be
     * @param scale the number of decimals
     * @return for example {@code >=$0.02005}
     */
    public static String atLeast(BigDecimal amount, int scale) {
        return ">=" + rounded(amount.setScale(scale, RoundingMode.DOWN), scale);
    }

    /**
     * Shows an amount with a given number of decimals, and one too small for them as such, never as nothing.
     *
     * @param amount the amount
     * @param scale the number of decimals
     * @return for example {@code <$0.00001}
     */
    public static String atLeastVisible(BigDecimal amount, int scale) {
        BigDecimal smallest = BigDecimal.ONE.movePointLeft(scale);
        return amount.signum() > 0 && amount.compareTo(smallest.divide(BigDecimal.valueOf(2))) < 0
                ? "<" + rounded(smallest, scale)
                : rounded(amount, scale);
    }

    /**
     * Returns how many decimals an amount needs to be read: five, or more if three digits of it would not show, but no
     * more than it has.
     *
     * @param amount the amount
     * @return the number of decimals
     */
    public static int readableScale(BigDecimal amount) {
        BigDecimal bare = amount.stripTrailingZeros();
        int wanted = bare.scale() - bare.precision() + SIGNIFICANT_DIGITS;
        return Math.max(USUAL_SCALE, Math.min(Math.min(wanted, bare.scale()), FINEST_SCALE));
    }
}
