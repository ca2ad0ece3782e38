package io.github.llmbudget.report;

import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.Cost;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A call and what it costs by the price list of its run.
 *
 * @param call the call
 * @param cost its list cost
 * @param missingPrices the lines that a price list lacks for it, with {@code <price>} where the price goes
 * @param conversation what was asked and answered, {@code null} where it is not kept
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record CallUsage(
        LlmCall call,
        Cost cost,
        List<String> missingPrices,
        @Nullable Conversation conversation) {

    /**
     * Copies the list.
     *
     * @param call the call
     * @param cost its list cost
     * @param missingPrices the lines that a price list lacks for it
     * @param conversation what was asked and answered, {@code null} where it is not kept
     */
    public CallUsage {
        missingPrices = List.copyOf(missingPrices);
    }

    /**
     * Describes a call that has all its prices.
     *
     * @param call the call
     * @param cost its list cost
     */
    public CallUsage(LlmCall call, Cost cost) {
        this(call, cost, List.of(), null);
    }

    /**
     * Tells whether something that the call used has no price.
     *
     * @return whether it is a price that is missing, and not the tokens
     */
    public boolean isUnpriced() {
        return Budget.isUnpriced(call, cost);
    }
}
