package io.github.llmbudget.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.Role;
import java.math.BigDecimal;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitUsageTests {

    @ParameterizedTest
    @CsvSource({
        "799, 1000, 0.8, false",
        "800, 1000, 0.8, true",
        "1000, 1000, 0.8, true",
        "0, 0, 0.8, false",
        "1000, 1000, 1, true",
        "1000, 1000, , false"
    })
    void isNearFromTheShareOnThatIsToWarn(BigDecimal used, BigDecimal max, @Nullable BigDecimal warnAt, boolean near) {
        Limit limit = new Limit(Metric.TOKENS, max, "@MaxTokens(" + max + ")", "BotTest");
        Limit warning = warnAt == null ? limit : limit.warningAt(warnAt);

        assertThat(new LimitUsage(warning, used, true, null).isNear()).isEqualTo(near);
        assertThat(new LimitUsage(warning, used, true, BudgetBreach.Kind.UNCOUNTED).isNear())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10000, unknown",
        "3400, 10000, >=34%",
        "9999, 10000, >=99%",
        "10000, 10000, >=100%",
        "10001, 10000, >100%",
        "25000, 10000, >=250%",
        "0, 0, unknown",
        "1, 0, over"
    })
    void saysOfWhatIsNotKnownInFullThatItIsTheLeast(BigDecimal used, BigDecimal max, String shown) {
        Limit limit = new Limit(Metric.TOKENS, max, "@MaxTokens(" + max + ")", "BotTest");
        LimitUsage usage = new LimitUsage(limit, used, false, null);

        assertThat(usage.describeShare()).isEqualTo(shown);
        assertThat(usage.isUnknown()).isEqualTo(shown.equals("unknown"));
    }

    @Test
    void namesALimitThatEachCallIsHeldTo() {
        Limit limit = new Limit(Metric.COST, new BigDecimal("0.01"), "@MaxCost(0.01)", "BotTest");

        assertThat(new LimitUsage(limit.of(Scope.CALL, EnumSet.of(Role.SUBJECT)), BigDecimal.ZERO, true, null)
                        .describeLimit())
                .isEqualTo("$0.01 a call");
    }

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

        assertThat(new LimitUsage(limit, used, true, null).describeShare()).isEqualTo(shown);
    }
}
