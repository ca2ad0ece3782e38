package io.github.llmbudget.report;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.CostSum;
import java.util.BitSet;
import java.util.List;

/** Adds calls up, one after the other. */
final class TotalsSum {

    private int calls;
    private int reported;
    private int estimated;
    private int partial;
    private int uncounted;
    private int failed;
    private int retries;
    private int unpriced;
    private TokenCounts tokens = TokenCounts.NONE;
    private CountSource inputSource = CountSource.REPORTED;
    private CountSource outputSource = CountSource.REPORTED;
    private final CostSum listCost = new CostSum();
    private final CostSum incurredCost = new CostSum();
    private final CostSum replayedCost = new CostSum();

    /** Adds the calls of a test. */
    void add(List<CallUsage> more, BitSet retried) {
        int index = 0;
        for (CallUsage usage : more) {
            add(usage, retried.get(index++));
        }
    }

    void add(CallUsage usage, boolean isRetry) {
        LlmCall call = usage.call();
        calls++;
        switch (call.countSource()) {
            case REPORTED -> reported++;
            case ESTIMATED -> estimated++;
            case PARTIAL -> partial++;
            case UNKNOWN -> uncounted += call.isUncounted() ? 1 : 0;
        }
        failed += call.status() == CallStatus.FAILED ? 1 : 0;
        retries += isRetry ? 1 : 0;
        unpriced += usage.isUnpriced() ? 1 : 0;
        tokens = tokens.plus(call.tokens());
        inputSource = leastSure(inputSource, call.isUncounted() || call.isInputInPart(), call.isInputEstimated());
        outputSource = leastSure(outputSource, call.isUncounted() || call.isOutputInPart(), call.isOutputEstimated());
        listCost.add(usage.cost());
        if (call.origin() == Origin.LIVE) {
            incurredCost.add(usage.cost());
        }
        if (call.origin() == Origin.REPLAY) {
            replayedCost.add(usage.cost());
        }
    }

    private static CountSource leastSure(CountSource known, boolean isPartial, boolean isEstimated) {
        if (isPartial || known == CountSource.PARTIAL) {
            return CountSource.PARTIAL;
        }
        return isEstimated ? CountSource.ESTIMATED : known;
    }

    Totals total() {
        return new Totals(
                calls,
                reported,
                estimated,
                partial,
                uncounted,
                failed,
                retries,
                unpriced,
                tokens,
                inputSource,
                outputSource,
                listCost.total(),
                incurredCost.total(),
                replayedCost.total());
    }
}
