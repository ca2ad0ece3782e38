package io.github.llmbudget.price;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What decides, beside the model, which of several prices holds for a request.
 *
 * @param serviceTier the service tier that served it
 * @param region the part of the world that the service was bound to, {@code null} if it was bound to none
 * @param inputTokens all its input tokens
 * @param at when it was made, {@code null} if nobody knows
 */
record Conditions(
        String serviceTier,
        @Nullable String region,
        long inputTokens,
        @Nullable Instant at) {

    private static final String BATCH = "batch";

    /** Those of a small request that asks for nothing special. */
    static final Conditions ORDINARY = new Conditions(ModelPrice.STANDARD, null, 0, null);

    static Conditions of(LlmCall call, @Nullable Instant at) {
        String tier = ModelPrice.tier(call.serviceTier());
        boolean batch = call.operation() == Operation.BATCH && tier.equals(ModelPrice.STANDARD);
        return new Conditions(batch ? BATCH : tier, call.region(), call.tokens().input(), at);
    }
}
