package io.github.llmbudget.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitUsageTests {

    @ParameterizedTest
    @CsvSource({
        "0, 10000, 0%",
        "3400, 10000, 34%",
        "9999, 10000, 99%",
        "10000, 10000, 100%",
        "10001, 10000, >100%",
        "25000, 10000, 250%",
        "0, 0, 0%",
        "1, 0, over"
    })
    void says100PercentOnlyOfExactlyAll(BigDecimal used, BigDecimal max, String shown) {
        Limit limit = new Limit(Metric.TOKENS, max, "@MaxTokens(" + max + ")", "BotTest");

        assertThat(new LimitUsage(limit, used, null).describeShare()).isEqualTo(shown);
    }
}
