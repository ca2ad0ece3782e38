package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.Cost;
import java.math.BigDecimal;
import org.apiguardian.api.API;

/**
 * What calls used, in all the ways in which limits measure it.
 *
 * @param cost the list cost in USD, as far as it is known
 * @param input the input tokens, as far as they are known
 * @param output the output tokens, as far as they are known
 * @param calls the number of calls
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Amounts(BigDecimal cost, long input, long output, long calls) {

    /**
     * Measures one call.
     *
     * @param call the call
     * @param cost its list cost
     * @return what it used
     */
    static Amounts of(LlmCall call, Cost cost) {
        return new Amounts(cost.usd(), call.tokens().input(), call.tokens().output(), 1);
    }

    Amounts minus(Amounts other) {
        return new Amounts(cost.subtract(other.cost), input - other.input, output - other.output, calls - other.calls);
    }
}
