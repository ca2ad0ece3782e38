package io.github.llmbudget.price;

import java.math.BigDecimal;
import org.apiguardian.api.API;

/**
 * One line of a cost, to check the sum by hand: {@code tokens × usdPerMillion ÷ 1,000,000}.
 *
 * @param model the model in the price list
 * @param component what was priced
 * @param tier the service tier whose price it is
 * @param tokens how many tokens
 * @param usdPerMillion the price of a million of them
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PriceLine(String model, PriceComponent component, String tier, long tokens, BigDecimal usdPerMillion) {

    private static final int MILLION = 6;

    /**
     * Returns what the line comes to.
     *
     * @return the exact amount in USD
     */
    public BigDecimal usd() {
        return usdPerMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION);
    }
}
