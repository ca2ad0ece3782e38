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
 * @param costInPart of how many of them the cost is the least that it can be
 * @param inputInPart of how many of them the input tokens are the least that there can be
 * @param outputInPart of how many of them the output tokens are the least that there can be
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Amounts(
        BigDecimal cost, long input, long output, long calls, long costInPart, long inputInPart, long outputInPart) {

    /**
     * Measures one call.
     *
     * @param call the call
     * @param cost its list cost
     * @return what it used
     */
    static Amounts of(LlmCall call, Cost cost) {
        return new Amounts(
                cost.usd(),
                call.tokens().input(),
                call.tokens().output(),
                1,
                cost.isComplete() ? 0 : 1,
                call.isUncounted() || call.isInputInPart() ? 1 : 0,
                call.isUncounted() || call.isOutputInPart() ? 1 : 0);
    }

    Amounts minus(Amounts other) {
        return new Amounts(
                cost.subtract(other.cost),
                input - other.input,
                output - other.output,
                calls - other.calls,
                costInPart - other.costInPart,
                inputInPart - other.inputInPart,
                outputInPart - other.outputInPart);
    }
}
