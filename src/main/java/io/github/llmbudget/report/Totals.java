package io.github.llmbudget.report;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apiguardian.api.API;

/**
 * The sums over a number of calls.
 *
 * @param calls how many there are, attempts of retries included
 * @param reported how many of them the service reported the tokens of
 * @param estimated how many were counted here
 * @param partial how many were counted here in part only
 * @param uncounted how many have tokens that nobody counted
 * @param failed how many failed
 * @param unpriced how many have no price, or not for all they used
 * @param inputTokens all input tokens
 * @param cachedInputTokens the cached part of the input
 * @param cacheWriteTokens the part of the input written to the cache
 * @param outputTokens all output tokens
 * @param reasoningTokens the reasoning part of the output
 * @param listCost what the tokens cost by the price list, without its lines
 * @param incurredCost what was really spent, without its lines
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Totals(
        int calls,
        int reported,
        int estimated,
        int partial,
        int uncounted,
        int failed,
        int unpriced,
        long inputTokens,
        long cachedInputTokens,
        long cacheWriteTokens,
        long outputTokens,
        long reasoningTokens,
        Cost listCost,
        Cost incurredCost) {

    /**
     * Adds calls up.
     *
     * @param calls the calls
     * @return the sums
     */
    public static Totals of(List<CallUsage> calls) {
        return new Totals(
                calls.size(),
                count(calls, call -> call.countSource() == CountSource.REPORTED),
                count(calls, call -> call.countSource() == CountSource.ESTIMATED),
                count(calls, call -> call.countSource() == CountSource.PARTIAL),
                count(calls, LlmCall::isUncounted),
                count(calls, call -> call.status() == CallStatus.FAILED),
                (int) calls.stream().filter(CallUsage::isUnpriced).count(),
                sum(calls, TokenCounts::input),
                sum(calls, TokenCounts::cachedInput),
                sum(calls, TokenCounts::cacheWrite),
                sum(calls, TokenCounts::output),
                sum(calls, TokenCounts::reasoning),
                cost(calls, call -> true),
                cost(calls, call -> call.origin() == Origin.LIVE));
    }

    private static int count(List<CallUsage> calls, Predicate<LlmCall> which) {
        return (int) calls.stream().map(CallUsage::call).filter(which).count();
    }

    private static long sum(List<CallUsage> calls, ToLongFunction<TokenCounts> part) {
        return calls.stream().map(call -> call.call().tokens()).mapToLong(part).sum();
    }

    private static Cost cost(List<CallUsage> calls, Predicate<LlmCall> which) {
        Cost sum = Cost.sum(calls.stream()
                .filter(call -> which.test(call.call()))
                .map(CallUsage::cost)
                .toList());
        return new Cost(sum.usd(), sum.exactness(), List.of());
    }
}
