package io.github.llmbudget.budget;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.call.TokenEstimate;
import io.github.llmbudget.price.PriceCatalog;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/** What a call needs of limits: at least its input, and at most what its request allows the service to write. */
final class Demand {

    private static final long MANY = 1_000_000;

    private final LlmCall call;
    private final OptionalLong outputLimit;
    private final PriceCatalog prices;
    private final Amounts least;
    private final Amounts input;

    Demand(Forecast forecast, PriceCatalog prices) {
        this.call = forecast.call();
        this.outputLimit = forecast.outputLimit();
        this.prices = prices;
        TokenEstimate estimate = call.inputEstimate();
        this.least = amounts(estimate == null ? call.tokens().input() : estimate.lowerBound(), 0);
        this.input = amounts(call.tokens().input(), 0);
    }

    /** Returns what the call uses at least. */
    Amounts least() {
        return least;
    }

    /** Returns what the call uses if it comes to some output. */
    Amounts with(long output) {
        return amounts(call.tokens().input(), output);
    }

    /** Returns what the call uses at most, empty if its request sets no bound. */
    Optional<Amounts> most() {
        return outputLimit.isEmpty() ? Optional.empty() : Optional.of(with(outputLimit.getAsLong()));
    }

    private Amounts amounts(long inputTokens, long outputTokens) {
        LlmCall imagined = call.toBuilder()
                .status(CallStatus.COMPLETE, 0)
                .tokens(TokenCounts.of(inputTokens, outputTokens), CountSource.ESTIMATED)
                .estimates(null, null)
                .build();
        return Amounts.of(imagined, prices.costOf(imagined));
    }

    LlmCall call() {
        return call;
    }

    /** Tells whether the model has no price. One that only the answer names may have one. */
    boolean isUnpriced() {
        return call.model() != null
                && call.operation() != Operation.MODERATIONS
                && prices.priceFor(call).isEmpty();
    }

    /** Returns the least that the call uses: its input alone. */
    BigDecimal least(Metric metric) {
        return metric.of(least);
    }

    /** Tells whether the call is going to use something of a metric though its input alone uses nothing. */
    boolean isSureToWrite(Metric metric) {
        return metric == Metric.OUTPUT_TOKENS && outputLimit.orElse(1) > 0;
    }

    /** Returns the most that the call uses, empty if its request sets no bound. */
    Optional<BigDecimal> most(Metric metric) {
        if (metric == Metric.CALLS || metric == Metric.INPUT_TOKENS) {
            return Optional.of(metric.of(input));
        }
        return most().map(metric::of);
    }

    /** Returns how many output tokens fit into what is left of a limit. */
    long outputWithin(Metric metric, BigDecimal left) {
        return switch (metric) {
            case CALLS, INPUT_TOKENS -> Long.MAX_VALUE;
            case OUTPUT_TOKENS -> left.longValue();
            case TOKENS -> Math.max(0, left.longValue() - input.input());
            case COST -> outputFor(left.subtract(input.cost()));
        };
    }

    private long outputFor(BigDecimal usd) {
        BigDecimal priceOfMany = with(MANY).cost().subtract(input.cost());
        if (usd.signum() <= 0) {
            return 0;
        }
        return priceOfMany.signum() <= 0
                ? Long.MAX_VALUE
                : usd.multiply(BigDecimal.valueOf(MANY))
                        .divide(priceOfMany, 0, RoundingMode.DOWN)
                        .longValue();
    }
}
