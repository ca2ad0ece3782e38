package io.github.llmbudget.report;

import io.github.llmbudget.price.PriceLine;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What the calls to one model of one service cost.
 *
 * @param model the model, {@code null} for calls that name none
 * @param provider the service, {@code null} if it is not known
 * @param tests how many tests call it
 * @param totals the sums over its calls
 * @param lines what was used at each price, dearest first
 * @param missingPrices the lines that a price list lacks, with {@code <price>} where the price goes; empty if it lacks
 *     none
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ModelUsage(
        @Nullable String model,
        @Nullable String provider,
        int tests,
        Totals totals,
        List<PriceLine> lines,
        List<String> missingPrices) {

    /**
     * Copies the lists.
     *
     * @param model the model, {@code null} for calls that name none
     * @param provider the service, {@code null} if it is not known
     * @param tests how many tests call it
     * @param totals the sums over its calls
     * @param lines what was used at each price, dearest first
     * @param missingPrices the lines that a price list lacks
     */
    public ModelUsage {
        lines = List.copyOf(lines);
        missingPrices = List.copyOf(missingPrices);
    }
}
