package io.github.llmbudget.report;

import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.Cost;
import org.apiguardian.api.API;

/**
 * A call and what it costs by the price list of its run.
 *
 * @param call the call
 * @param cost its list cost
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record CallUsage(LlmCall call, Cost cost) {

    /**
     * Tells whether something that the call used has no price.
     *
     * @return whether it is a price that is missing, and not the tokens
     */
    public boolean isUnpriced() {
        return Budget.isUnpriced(call, cost);
    }
}
