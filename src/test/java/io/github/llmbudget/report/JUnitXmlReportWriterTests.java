package io.github.llmbudget.report;

import static io.github.llmbudget.report.Reports.call;
import static io.github.llmbudget.report.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.report.TestUsage.Outcome;
import io.github.llmbudget.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JUnitXmlReportWriterTests {

    @TempDir
    private Path directory;

    @Test
    void writesASuiteForEachClass() throws IOException {
        Golden.assertMatches(xml(Reports.varied()), "junit-llm-budget.xml");
    }

    @Test
    void isReadByTheParserOfSurefire() throws Exception {
        xml(Reports.varied());

        List<ReportTestSuite> suites = new TestSuiteXmlParser(new NullConsoleLogger())
                .parse(directory.resolve("junit-llm-budget.xml").toString());

        ReportTestSuite suite = suites.stream()
                .filter(read -> read.getFullClassName().equals("example.BotTest"))
                .findFirst()
                .orElseThrow();
        assertThat(suite.getNumberOfTests()).isEqualTo(7);
        assertThat(suite.getNumberOfFailures()).isEqualTo(3);
        assertThat(suite.getNumberOfSkipped()).isEqualTo(1);
        assertThat(suite.getTestCases())
                .hasSize(7)
                .filteredOn(ReportTestCase::hasFailure)
                .extracting(ReportTestCase::getName, ReportTestCase::getFailureType, ReportTestCase::getFailureMessage)
                .contains(org.assertj.core.api.Assertions.tuple(
                        "answersARefundQuestion",
                        BudgetExceededError.class.getName(),
                        "4,300 tokens exceed @TOKENS(4000)"));
    }

    @Test
    void tellsEveryKindOfBreach() {
        TestUsage test = Reports.test(
                "a",
                Outcome.OVER_BUDGET,
                List.of(call(1, 1)),
                List.of(
                        Reports.limit(Metric.COST, "0.02", "0.0306", BudgetBreach.Kind.EXCEEDED),
                        Reports.limit(Metric.CALLS, "3", "3", BudgetBreach.Kind.REFUSED),
                        Reports.limit(Metric.CALLS, "0", "1", BudgetBreach.Kind.EXCEEDED),
                        Reports.limit(Metric.TOKENS, "10", "11", BudgetBreach.Kind.CUT),
                        Reports.limit(Metric.COST, "1", "0", BudgetBreach.Kind.UNPRICED),
                        Reports.limit(Metric.TOKENS, "1", "0", BudgetBreach.Kind.UNCOUNTED)));

        assertThat(FailureText.of(test))
                .containsExactly(
                        "costs of $0.0306 exceed @COST(0.02)",
                        "a call was refused, for it had no room in @CALLS(3) beside the 3 calls used",
                        "1 call exceeds @CALLS(0)",
                        "a stream was cut at 11 tokens, for it went over @TOKENS(10)",
                        "a call has no price, so nobody knows whether @COST(1) was held",
                        "the tokens of a call are not known, so nobody knows whether @TOKENS(1) was held");
    }

    @Test
    void leavesOutWhatIsNotKnownAndNamesIt() {
        Map<String, String> properties = XmlProperties.of(Reports.test("a", Reports.uncounted(), Reports.unpriced()));

        assertThat(properties)
                .containsEntry("llm.calls", "2")
                .containsEntry("llm.uncounted", "1")
                .containsEntry("llm.unpriced", "1")
                .containsEntry(
                        "llm.unknown", "input_tokens,cached_input_tokens,output_tokens,reasoning_tokens,list_cost_usd")
                .doesNotContainKeys("llm.input_tokens", "llm.output_tokens", "llm.list_cost_usd")
                .doesNotContainValue("0.00");
    }

    @Test
    void leavesOutWhatIsTheLeastOnlyThatCanBe() {
        Map<String, String> properties = XmlProperties.of(Reports.test(
                "a",
                Outcome.PASSED,
                List.of(Reports.inPart(), estimated()),
                List.of(
                        Reports.atLeast(Reports.limit(Metric.TOKENS, "100", "21", null)),
                        Reports.atLeast(Reports.limit(Metric.COST, "1", "0", null)))));

        assertThat(properties)
                .containsEntry("llm.max_tokens", "100")
                .doesNotContainKeys("llm.max_tokens_used", "llm.max_cost_used")
                .hasEntrySatisfying(
                        "llm.unknown",
                        unknown -> assertThat(unknown.split(",")).contains("max_tokens_used", "max_cost_used"));
    }

    @Test
    void knowsNoPartsOfWhatWasEstimated() {
        assertThat(XmlProperties.of(Reports.test("a", estimated())))
                .containsEntry("llm.input_tokens", "4")
                .containsEntry("llm.unknown", "cached_input_tokens,reasoning_tokens")
                .doesNotContainKeys("llm.cached_input_tokens", "llm.reasoning_tokens");
    }

    private static CallUsage estimated() {
        CallUsage call = call(4, 14);
        return new CallUsage(
                call.call().toBuilder()
                        .tokens(TokenCounts.of(4, 14), CountSource.ESTIMATED)
                        .build(),
                call.cost());
    }

    @Test
    void givesEachTestOfOneNameAnother() throws IOException {
        assertThat(xml(report(
                        Reports.test("a", call(1, 1)),
                        Reports.test("a (2)", call(1, 1)),
                        Reports.test("a", call(1, 1)),
                        Reports.test("a", call(1, 1)))))
                .contains("name=\"a\"", "name=\"a (2)\"", "name=\"a (3)\"", "name=\"a (2) (2)\"");
    }

    @Test
    void tellsALimitAndHowMuchOfItWasUsed() {
        Map<String, String> properties = XmlProperties.of(Reports.test(
                "a",
                Outcome.PASSED,
                List.of(call(1, 1)),
                List.of(
                        Reports.limit(Metric.COST, "0.0200", "0.01387625", null),
                        Reports.limit(Metric.COST, "0.03", "0", BudgetBreach.Kind.UNPRICED),
                        Reports.shared(Scope.CLASS, "2000", "1002"))));

        assertThat(properties)
                .containsEntry("llm.max_cost", "0.02")
                .containsEntry("llm.max_cost_used", "0.01387625")
                .containsEntry("llm.max_cost_2", "0.03")
                .doesNotContainKey("llm.max_cost_2_used")
                .containsEntry("llm.unknown", "max_cost_2_used")
                .containsEntry("llm.max_tokens_per_class", "2000")
                .containsEntry("llm.max_tokens_per_class_used", "1002");
    }

    @Test
    void tellsOfEarlierAttemptsAsSurefireDoes() throws IOException {
        TestUsage failed = Reports.test("flaky", Outcome.FAILED, List.of(call(100, 10)), List.of());

        assertThat(xml(report(again(failed, Outcome.PASSED))))
                .contains("<flakyFailure message=\"failed", "<stackTrace>")
                .contains("<property name=\"llm.earlier_attempts\" value=\"1\"")
                .contains("<property name=\"llm.earlier_attempts_list_cost_usd\" value=\"0.00035\"")
                .doesNotContain("<failure", "rerunFailure");
        assertThat(xml(report(again(failed, Outcome.FAILED)))).contains("<failure", "<rerunFailure");
    }

    @Test
    void givesEachTestOfAClassANameOfItsOwn() throws IOException {
        assertThat(xml(report(Reports.test("a", call(1, 1)), Reports.test("a", call(1, 1)))))
                .contains("name=\"a\"", "name=\"a (2)\"");
    }

    @Test
    void countsTheTimeOfTestsOnce() throws IOException {
        TestUsage whole = Reports.whole(TestUsage.Kind.RUN, TestUsage.RUN, Reports.shared(Scope.SUITE, "5000", "1002"));

        assertThat(xml(report(Reports.test("a", call(1, 1)), Reports.test("b", call(1, 1)), whole)))
                .contains(
                        "<testsuites name=\"llm-budget\" tests=\"3\" failures=\"0\" errors=\"0\" skipped=\"0\" time=\"3.000\">")
                .contains("timestamp=\"2026-11-24T10:00:00Z\"");
    }

    private static TestUsage again(TestUsage first, Outcome outcome) {
        return new TestUsage(
                first.kind(),
                first.id(),
                first.testClass(),
                first.name(),
                outcome,
                first.start(),
                first.end(),
                List.of(call(1, 1)),
                List.of(),
                List.of(first));
    }

    private String xml(UsageReport report) throws IOException {
        new JUnitXmlReportWriter().write(report, directory);
        return Files.readString(directory.resolve("junit-llm-budget.xml"));
    }
}
