package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.MissingPrice;
import io.github.llmbudget.price.PriceCatalog;
import java.util.List;
import java.util.Locale;
import org.apiguardian.api.API;

/**
 * The lines that a price list lacks, with {@code <price>} where the price goes.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PriceLines {

    private static final String PRICE = "<price>";

    private PriceLines() {}

    /**
     * Returns the lines that would give a call its price.
     *
     * @param call the call
     * @param cost what it costs as far as that is known
     * @param prices the prices there are
     * @return model, component and price of a model that no list has, of any other all that a price list may tell; none if
     *     no price is missing
     */
    public static List<String> missing(LlmCall call, Cost cost, PriceCatalog prices) {
        String model = call.model();
        if (model == null || !Budget.isUnpriced(call, cost)) {
            return List.of();
        }
        return prices.priceFor(call).isEmpty()
                ? ofModel(model)
                : prices.missingPrices(call).stream().map(PriceLines::of).toList();
    }

    /** Returns the lines of a model that no list has. */
    static List<String> ofModel(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return List.of(name + ",input," + PRICE, name + ",output," + PRICE);
    }

    /** Returns the line of a price that is missing for a model that a list has. */
    static String of(MissingPrice price) {
        return String.join(
                ",",
                price.model(),
                price.listed(),
                Long.toString(price.component().usualPer()),
                price.tier(),
                price.component().ttl().orElse(""),
                PRICE);
    }
}
