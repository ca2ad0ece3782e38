package io.github.llmbudget.price;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import java.math.BigDecimal;
import java.time.LocalDate;

/** Makes calls and catalogues for the tests of prices. */
final class PriceCalls {

    static final PriceCatalog BUILT_IN = PriceCatalog.builtIn();

    private PriceCalls() {}

    static LlmCall call(String model, TokenCounts tokens) {
        return LlmCall.of(Operation.CHAT, model)
                .tokens(tokens, CountSource.REPORTED)
                .build();
    }

    static LlmCall call(String model, long input, long output) {
        return call(model, TokenCounts.of(input, output));
    }

    static PriceCatalog asOf(String date) {
        return PriceCatalog.builder().asOf(LocalDate.parse(date)).build();
    }

    static PriceCatalog over(String... lines) {
        return PriceCatalog.builder()
                .list(PriceList.parse("prices", String.join("\n", lines)))
                .build();
    }

    static BigDecimal usd(LlmCall call) {
        return BUILT_IN.costOf(call).usd();
    }
}
