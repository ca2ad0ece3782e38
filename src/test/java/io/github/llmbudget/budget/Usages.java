package io.github.llmbudget.budget;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageLedger;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Makes calls, usages and limits for the tests of budgets. */
final class Usages {

    static final String PLACE = "SupportBotTest.answersARefundQuestion";
    static final PriceCatalog PRICES = PriceCatalog.builtIn();

    private Usages() {}

    static LlmCall chat(long input, long output) {
        return chat("gpt-4o", input, output);
    }

    static LlmCall chat(String model, long input, long output) {
        return LlmCall.of(Operation.CHAT, model)
                .tokens(TokenCounts.of(input, output), CountSource.REPORTED)
                .build();
    }

    static LlmCall uncounted() {
        return LlmCall.of(Operation.CHAT, "gpt-4o").build();
    }

    static TokenUsage usage(LlmCall... calls) {
        UsageLedger recorder = new UsageLedger(PRICES, Duration.ZERO);
        List.of(calls).forEach(recorder::record);
        return recorder.usage();
    }

    static Limit maxCost(String usd) {
        return new Limit(Metric.COST, new BigDecimal(usd), "@MaxCost(" + usd + ")", PLACE);
    }

    static Limit maxTokens(long tokens) {
        return new Limit(Metric.TOKENS, BigDecimal.valueOf(tokens), "@MaxTokens(" + tokens + ")", PLACE);
    }

    static Limit limit(Metric metric, long max) {
        return new Limit(metric, BigDecimal.valueOf(max), "@" + metric + "(" + max + ")", PLACE);
    }

    static Limit maxCalls(long calls) {
        return new Limit(Metric.CALLS, BigDecimal.valueOf(calls), "@MaxCalls(" + calls + ")", PLACE);
    }
}
