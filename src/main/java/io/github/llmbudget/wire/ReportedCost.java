package io.github.llmbudget.wire;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a service says a call cost, in the ways that services say it. */
final class ReportedCost {

    private static final BigDecimal TICKS_PER_USD = BigDecimal.TEN.pow(10);
    private static final int LONGEST_NUMBER = 40;

    private @Nullable BigDecimal cost;
    private @Nullable BigDecimal ownKeyCost;
    private boolean ownKey;

    /** Forgets everything. */
    void clear() {
        cost = null;
        ownKeyCost = null;
        ownKey = false;
    }

    void usd(String number) {
        BigDecimal amount = amount(number);
        cost = amount == null ? cost : amount;
    }

    void ticks(String number) {
        BigDecimal ticks = amount(number);
        cost = ticks == null ? cost : ticks.divide(TICKS_PER_USD);
    }

    void ownKey(boolean used) {
        ownKey = used;
    }

    void ownKeyUsd(String number) {
        BigDecimal amount = amount(number);
        ownKeyCost = amount == null ? ownKeyCost : amount;
    }

    boolean isPositive() {
        return cost != null && cost.signum() > 0;
    }

    /** Returns the cost in USD; what another service bills for a key of the caller's own is added. */
    @Nullable
    BigDecimal usd() {
        return ownKey && cost != null && ownKeyCost != null ? cost.add(ownKeyCost) : cost;
    }

    /** Reads a number that is sensible as an amount, {@code null} if it is none. */
    static @Nullable BigDecimal amount(String number) {
        try {
            BigDecimal amount = new BigDecimal(number);
            boolean sensible = amount.signum() >= 0
                    && amount.precision() <= LONGEST_NUMBER
                    && Math.abs(amount.scale()) <= LONGEST_NUMBER;
            return sensible ? amount : null;
        } catch (NumberFormatException e) {
            // No number, so the service tells nothing.
            return null;
        }
    }
}
