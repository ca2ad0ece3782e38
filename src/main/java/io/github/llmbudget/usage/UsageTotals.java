package io.github.llmbudget.usage;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apiguardian.api.API;

/**
 * What a number of calls used. A call whose tokens nobody counted adds nothing to the sums, and one that was counted in
 * part the least it can have used: ask {@link #isComplete()} before you rely on them.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface UsageTotals {

    /**
     * Returns the calls, attempts of retries included.
     *
     * @return the calls in the order in which they ended
     */
    List<LlmCall> calls();

    /**
     * Returns what a call costs by the price list, whoever answered it.
     *
     * @param call the call
     * @return its list cost
     */
    Cost costOf(LlmCall call);

    /**
     * Returns all input tokens, cached reads and cache writes included.
     *
     * @return the number of tokens
     */
    default long inputTokens() {
        return sum(TokenCounts::input);
    }

    /**
     * Returns the part of the input that was read from the service's prompt cache.
     *
     * @return the number of tokens
     */
    default long cachedInputTokens() {
        return sum(TokenCounts::cachedInput);
    }

    /**
     * Returns the part of the input that was written to the service's prompt cache.
     *
     * @return the number of tokens
     */
    default long cacheWriteTokens() {
        return sum(TokenCounts::cacheWrite);
    }

    /**
     * Returns all output tokens, reasoning included.
     *
     * @return the number of tokens
     */
    default long outputTokens() {
        return sum(TokenCounts::output);
    }

    /**
     * Returns the part of the output that was hidden reasoning.
     *
     * @return the number of tokens
     */
    default long reasoningTokens() {
        return sum(TokenCounts::reasoning);
    }

    /**
     * Returns input plus output.
     *
     * @return the number of tokens
     */
    default long totalTokens() {
        return sum(TokenCounts::total);
    }

    /**
     * Returns what the tokens cost by the price list, whoever answered the calls.
     *
     * @return the list cost
     */
    default Cost cost() {
        return Cost.sum(() -> calls().stream().map(this::costOf).iterator());
    }

    /**
     * Returns what this run really spent: the list cost of the calls that a real service answered.
     *
     * @return the incurred cost, nothing for mocked calls
     */
    default Cost incurredCost() {
        return Cost.sum(() -> calls().stream()
                .filter(call -> call.origin() == Origin.LIVE)
                .map(this::costOf)
                .iterator());
    }

    /**
     * Tells whether all tokens are counted, by the service or by estimate.
     *
     * @return whether no call's counts are missing, or known in part only
     */
    default boolean isComplete() {
        return calls().stream().noneMatch(call -> call.isUncounted() || call.countSource() == CountSource.PARTIAL);
    }

    private long sum(ToLongFunction<TokenCounts> part) {
        long sum = 0;
        for (LlmCall call : calls()) {
            sum += part.applyAsLong(call.tokens());
        }
        return sum;
    }
}
