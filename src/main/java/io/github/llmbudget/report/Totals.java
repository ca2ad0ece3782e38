package io.github.llmbudget.report;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
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
 * @param retries how many sent a request again that had failed in their test
 * @param unpriced how many have no price, or not for all they used
 * @param tokens the tokens, part by part
 * @param inputSource how sure the sum of the input tokens is: the source of the least sure count, {@code PARTIAL} where
 *     some are missing
 * @param outputSource how sure the sum of the output tokens is
 * @param listCost what the tokens cost by the price list, without its lines
 * @param incurredCost what was really spent, without its lines
 * @param replayedCost what the replayed calls cost by the price list: what the recordings saved, without its lines
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
        int retries,
        int unpriced,
        TokenCounts tokens,
        CountSource inputSource,
        CountSource outputSource,
        Cost listCost,
        Cost incurredCost,
        Cost replayedCost) {

    private static final int DIGITS = 6;

    /**
     * Adds up the calls of one test.
     *
     * @param calls the calls, in order
     * @return the sums
     */
    public static Totals of(List<CallUsage> calls) {
        TotalsSum sum = new TotalsSum();
        sum.add(calls, Retries.of(calls));
        return sum.total();
    }

    /**
     * Returns the share of the input that was read from a cache.
     *
     * @return from 0 to 1; 0 if there was no input
     */
    public BigDecimal cachedShare() {
        return tokens.input() == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(tokens.cachedInput())
                        .divide(BigDecimal.valueOf(tokens.input()), DIGITS, RoundingMode.HALF_UP);
    }

    /**
     * Tells how sure the sums of parts of the input are: what a cache had of it.
     *
     * @return the source of the input, but {@code PARTIAL} for an estimate: whoever counts a text does not see its parts
     */
    public CountSource inputPartsSource() {
        return ofParts(inputSource);
    }

    /**
     * Tells how sure the sums of parts of the output are: what was reasoning.
     *
     * @return the source of the output, but {@code PARTIAL} for an estimate: whoever counts a text does not see its parts
     */
    public CountSource outputPartsSource() {
        return ofParts(outputSource);
    }

    private static CountSource ofParts(CountSource whole) {
        return whole == CountSource.ESTIMATED ? CountSource.PARTIAL : whole;
    }

    /**
     * Shows one of the costs for a reader.
     *
     * @param cost the list cost, what was spent, or what was saved
     * @return as {@link Cost#readable()}, but {@code unknown} where it is the tokens that nobody knows, and not a price
     */
    public String readable(Cost cost) {
        return cost.exactness() == Cost.Exactness.UNPRICED && unpriced == 0 ? "unknown" : cost.readable();
    }

    /**
     * Tells of how many calls anybody knows the tokens.
     *
     * @return how many were reported or counted, in whole or in part
     */
    public int counted() {
        return reported + estimated + partial;
    }
}
