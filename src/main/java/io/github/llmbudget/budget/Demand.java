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
import org.jspecify.annotations.Nullable;

/**
 * What a call needs of limits: at least its input, and at most what its request allows the service to write. Its input is
 * counted when it is first asked for.
 */
final class Demand {

    private static final long MANY = 1_000_000;

    private final Forecast forecast;
    private final PriceCatalog prices;
    private final LlmCall identity;
    private @Nullable LlmCall counted;

    Demand(Forecast forecast, PriceCatalog prices) {
        this.forecast = forecast;
        this.prices = prices;
        this.identity = forecast.identity();
    }

    /** Returns which call it is, nothing of it counted. */
    LlmCall identity() {
        return identity;
    }

    boolean isAbandoned() {
        return forecast.isAbandoned();
    }

    /** Returns the call with its input counted. */
    LlmCall call() {
        if (counted == null) {
            counted = forecast.call();
        }
        return counted;
    }

    /** Counts the input now, where a limit depends on it. */
    void count(Metric metric) {
        if (metric != Metric.CALLS) {
            call();
        }
    }

    /** Tells whether the model has no price. One that only the answer names may have one. */
    boolean isUnpriced() {
        return identity.model() != null
                && identity.operation() != Operation.MODERATIONS
                && prices.priceFor(identity).isEmpty();
    }

    /** Returns what the call uses at least: its input alone. */
    Amounts least() {
        TokenEstimate estimate = call().inputEstimate();
        return amounts(estimate == null ? call().tokens().input() : estimate.lowerBound(), 0);
    }

    /** Returns what the call uses if it comes to some output. */
    Amounts with(long output) {
        return amounts(call().tokens().input(), output);
    }

    /** Returns what the call uses at most, empty if its request sets no bound. */
    Optional<Amounts> most() {
        OptionalLong outputLimit = forecast.outputLimit();
        return outputLimit.isEmpty() ? Optional.empty() : Optional.of(with(outputLimit.getAsLong()));
    }

    private Amounts amounts(long inputTokens, long outputTokens) {
        LlmCall imagined = call().toBuilder()
                .status(CallStatus.COMPLETE, 0)
                .tokens(TokenCounts.of(inputTokens, outputTokens), CountSource.ESTIMATED)
                .estimates(null, null)
                .build();
        return Amounts.of(imagined, prices.costOf(imagined));
    }

    BigDecimal least(Metric metric) {
        return metric == Metric.CALLS ? BigDecimal.ONE : metric.of(least());
    }

    Optional<BigDecimal> most(Metric metric) {
        return switch (metric) {
            case CALLS -> Optional.of(BigDecimal.ONE);
            case INPUT_TOKENS -> Optional.of(metric.of(with(0)));
            case COST, TOKENS, OUTPUT_TOKENS -> most().map(metric::of);
        };
    }

    /** Tells whether the call is going to use something of a metric though its input alone uses nothing. */
    boolean isSureToWrite(Metric metric) {
        return metric == Metric.OUTPUT_TOKENS && forecast.outputLimit().orElse(1) > 0;
    }

    /** Returns how many output tokens fit into what is left of a limit. */
    long outputWithin(Metric metric, BigDecimal left) {
        return switch (metric) {
            case CALLS, INPUT_TOKENS -> Long.MAX_VALUE;
            case OUTPUT_TOKENS -> left.longValue();
            case TOKENS -> Math.max(0, left.longValue() - with(0).input());
            case COST -> outputFor(left.subtract(with(0).cost()));
        };
    }

    private long outputFor(BigDecimal usd) {
        if (usd.signum() <= 0) {
            return 0;
        }
        BigDecimal priceOfMany = with(MANY).cost().subtract(with(0).cost());
        return priceOfMany.signum() <= 0
                ? Long.MAX_VALUE
                : usd.multiply(BigDecimal.valueOf(MANY))
                        .divide(priceOfMany, 0, RoundingMode.DOWN)
                        .longValue();
    }
}
