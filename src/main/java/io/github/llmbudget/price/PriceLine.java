package io.github.llmbudget.price;

import java.math.BigDecimal;
import org.apiguardian.api.API;

/**
 * One line of a cost, to check the sum by hand: {@code quantity × row.usd ÷ row.per}.
 *
 * @param quantity how many tokens, seconds, characters, images or calls; for what the service says itself, USD
 * @param row the price
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PriceLine(BigDecimal quantity, PriceRow row) {

    /** Tells whether both lines are at one price. */
    @SuppressWarnings("ReferenceEquality") // most of the time it is the same row, and no comparison is needed
    boolean isAtTheSamePriceAs(PriceLine other) {
        return row == other.row || (row.isLike(other.row) && row.equals(other.row));
    }

    /**
     * Returns what was priced.
     *
     * @return the component
     */
    public PriceComponent component() {
        return row.component();
    }

    /**
     * Returns the model in the price list.
     *
     * @return the name
     */
    public String model() {
        return row.model();
    }

    /**
     * Returns the list that has the price.
     *
     * @return its name, or who else says it
     */
    public String list() {
        return row.list();
    }

    /**
     * Returns the service tier whose price it is.
     *
     * @return the name of the tier
     */
    public String tier() {
        return row.serviceTier();
    }

    /**
     * Returns how many tokens the line is about.
     *
     * @return their number, 0 if it is not about tokens
     */
    public long tokens() {
        return component().isTokens() ? quantity.longValueExact() : 0;
    }

    /**
     * Returns the price of a million.
     *
     * @return USD
     */
    public BigDecimal usdPerMillion() {
        return row.costOf(BigDecimal.valueOf(1_000_000));
    }

    /**
     * Returns what the line comes to.
     *
     * @return the exact amount in USD
     */
    public BigDecimal usd() {
        return row.costOf(quantity);
    }
}
