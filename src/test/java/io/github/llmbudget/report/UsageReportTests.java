package io.github.llmbudget.report;

import static io.github.llmbudget.report.Reports.call;
import static io.github.llmbudget.report.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.report.TestUsage.Outcome;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageReportTests {

    @Test
    void putsFirstWhatNeedsALookThenOrdersByName() {
        UsageReport report = report(
                Reports.test("b", call(1, 1)),
                Reports.test("a", call(1, 1)),
                Reports.test("z", Outcome.OVER_BUDGET, List.of(), List.of()),
                Reports.test("c", Outcome.FAILED, List.of(), List.of()));

        assertThat(report.tests())
                .extracting(TestUsage::name)
                .containsExactly("BotTest.z", "BotTest.c", "BotTest.a", "BotTest.b");
        assertThat(report.overBudget()).isEqualTo(1);
        assertThat(report.version()).isEqualTo("3.0");
    }

    @Test
    void addsUpTheCallsOfAllTests() {
        Totals totals = Reports.varied().totals();

        assertThat(totals.calls()).isEqualTo(11);
        assertThat(totals.reported()).isEqualTo(7);
        assertThat(totals.estimated()).isEqualTo(1);
        assertThat(totals.partial()).isEqualTo(1);
        assertThat(totals.uncounted()).isEqualTo(1);
        assertThat(totals.failed()).isEqualTo(1);
        assertThat(totals.unpriced()).isEqualTo(1);
        assertThat(totals.tokens().input()).isEqualTo(1204 + 2113 + 4 + 1_234_567 + 10 + 100 + 5 + 12);
        assertThat(totals.tokens().cachedInput()).isEqualTo(1024);
        assertThat(totals.tokens().cacheWrite()).isEqualTo(1);
        assertThat(totals.tokens().output()).isEqualTo(310 + 655 + 14 + 7 + 10 + 10 + 5 + 9);
        assertThat(totals.tokens().reasoning()).isEqualTo(6);
        assertThat(totals.listCost().exactness()).isEqualTo(Cost.Exactness.PARTIAL);
        assertThat(totals.listCost().lines()).isEmpty();
        assertThat(totals.incurredCost().usd())
                .isEqualByComparingTo(Reports.fullCall().cost().usd());
    }

    @Test
    void givesItsVerdictInASentence() {
        assertThat(report(Reports.test("a", call(4, 14))).verdict())
                .isEqualTo("1 test, 1 LLM call, none over budget: $0.00015 by list price, $0.00 really spent");
        assertThat(Reports.varied().verdict()).startsWith("7 tests, 11 LLM calls, 2 over budget: at least $0.0");
    }

    @Test
    void countsNoClassAmongTheTestsOfAShare() {
        TestUsage line = Reports.whole(TestUsage.Kind.CLASS, "BotTest (class)", Reports.shared(Scope.CLASS, "9", "2"));
        TestUsage setUp = new TestUsage(
                line.kind(),
                line.id(),
                line.testClass(),
                line.name(),
                line.outcome(),
                line.start(),
                line.end(),
                List.of(call(1, 1)),
                line.limits());
        UsageReport report = report(setUp, Reports.test("a", call(1, 1)));

        assertThat(report.classes()).singleElement().satisfies(share -> {
            assertThat(share.tests()).isEqualTo(1);
            assertThat(share.totals().calls()).isEqualTo(2);
        });
        assertThat(report.models()).extracting(ModelUsage::tests).containsExactly(1);
    }

    @Test
    void doesNotBlameThePriceListForTokensThatNobodyKnows() {
        assertThat(report(Reports.test("asksInTheDark", Reports.uncounted())).verdict())
                .endsWith("unknown by list price, $0.00 really spent");
        assertThat(report(Reports.test("asksOurs", Reports.unpriced())).verdict())
                .contains("unpriced by list price");
    }

    @Test
    void listsFirstWhatNeedsALook() {
        assertThat(SampleReports.unusual(1).tests())
                .extracting(Standing::of)
                .isSorted()
                .contains(Standing.FAILED, Standing.UNKNOWN_COST, Standing.FINE);
    }

    @ParameterizedTest
    @CsvSource({
        "COST, 0.02, 0.01, , 0.5, $0.02, 50%",
        "COST, 0.020, 0.02, , 1, $0.02, 100%",
        "COST, 0.02, 0.0306, EXCEEDED, 1.53, $0.02, 153%",
        "COST, 0.000001, 1, EXCEEDED, 1000000, $0.000001, '100,000,000%'",
        "COST, 0.02, 0.01, UNPRICED, 0.5, $0.02, unknown",
        "TOKENS, 7500, 0, UNCOUNTED, 0, '7,500 tokens', unknown",
        "INPUT_TOKENS, 3, 1, , 0.333333, 3 input tokens, 33%",
        "CALLS, 0, 0, , 0, 0 calls, 0%",
        "CALLS, 0, 2, EXCEEDED, 2, 0 calls, over"
    })
    void showsHowMuchOfALimitWasUsed(
            Metric metric,
            String max,
            String used,
            BudgetBreach.Kind breach,
            BigDecimal share,
            String shownLimit,
            String shownShare) {
        LimitUsage limit = Reports.limit(metric, max, used, breach);

        assertThat(limit.share()).isEqualByComparingTo(share);
        assertThat(limit.describeLimit()).isEqualTo(shownLimit);
        assertThat(limit.describeShare()).isEqualTo(shownShare);
    }
}
