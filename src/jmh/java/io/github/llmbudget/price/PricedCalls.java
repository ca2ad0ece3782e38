package io.github.llmbudget.price;

import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Calls to be priced, made once. */
final class PricedCalls {

    private static final TokenCounts TOKENS = new TokenCounts(2006, 1920, 0, 0, 300, 120, 0);
    private static final CallTiming TIMING =
            new CallTiming(Instant.parse("2026-11-10T02:00:00Z"), null, null, Duration.ofMillis(400));

    private final Map<String, LlmCall> byModel = new HashMap<>();

    /** Returns a chat completion of a model. */
    LlmCall of(String model) {
        return byModel.computeIfAbsent(
                model,
                name -> LlmCall.of(Operation.CHAT, name)
                        .provider(name.startsWith("deepseek") ? "deepseek" : "openai")
                        .tokens(TOKENS, CountSource.REPORTED)
                        .timing(TIMING)
                        .build());
    }
}
