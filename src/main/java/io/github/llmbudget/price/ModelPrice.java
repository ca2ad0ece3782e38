package io.github.llmbudget.price;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What one model costs on one day. Immutable, hence safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ModelPrice {

    /** The service tier of calls that ask for nothing special. */
    public static final String STANDARD = "standard";

    private final String model;
    private final List<Rate> rates;

    ModelPrice(String model, List<Rate> rates) {
        this.model = model;
        this.rates = rates;
    }

    /**
     * Returns the model's name in the price list.
     *
     * @return the name
     */
    public String model() {
        return model;
    }

    /**
     * Finds a price.
     *
     * @param component what for
     * @param servedTier the service tier named in the answer, {@code null} if it named none
     * @param inputTokens all input tokens of the request, which decide where the price has steps
     * @return the price of a million tokens in USD, empty if the list has none
     */
    public Optional<BigDecimal> usdPerMillion(PriceComponent component, @Nullable String servedTier, long inputTokens) {
        String tier = tier(servedTier);
        return rates.stream()
                .filter(rate -> rate.component() == component
                        && rate.tier().equals(tier)
                        && (rate.above() == 0 || inputTokens > rate.above()))
                .max(Comparator.comparingLong(Rate::above))
                .map(Rate::usdPerMillion);
    }

    /**
     * Returns the standard prices for a reader.
     *
     * @return for example {@code gpt-4o $2.50 in, $1.25 cached, $10.00 out per 1M tokens}
     */
    public String describe() {
        List<String> parts = new ArrayList<>();
        for (PriceComponent component : PriceComponent.values()) {
            usdPerMillion(component, STANDARD, 0)
                    .ifPresent(price -> parts.add(Usd.exact(price) + " " + component.label()));
        }
        return model + " " + String.join(", ", parts) + " per 1M tokens";
    }

    static String tier(@Nullable String servedTier) {
        if (servedTier == null) {
            return STANDARD;
        }
        String tier = servedTier.toLowerCase(Locale.ROOT);
        return switch (tier) {
            case "", "auto", "default", "on_demand" -> STANDARD;
            case "fast" -> "priority";
            default -> tier;
        };
    }
}
