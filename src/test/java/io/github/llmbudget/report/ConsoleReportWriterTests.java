package io.github.llmbudget.report;

import static io.github.llmbudget.report.Reports.call;
import static io.github.llmbudget.report.Reports.report;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.budget.TextWidth;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.call.TokenEstimate;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.report.TestUsage.Outcome;
import io.github.llmbudget.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleReportWriterTests {

    private static final int WIDTH = 112;

    @Test
    void printsALineForEachTestAndTheSumsOfEachModel() {
        Golden.assertMatches(print(Reports.varied()), "console.txt");
    }

    @Test
    void printsInAsciiWhereThereIsNoMore() {
        String text = print(Reports.varied(), US_ASCII, Colouring.NONE);

        Golden.assertMatches(text, "console-ascii.txt");
        assertThat(text).matches("[\\x00-\\x7f]*");
    }

    @Test
    void coloursTheMarkAndTheBarAndNothingElse() {
        String coloured = print(Reports.varied(), UTF_8, Colouring.ANSI);

        assertThat(coloured)
                .contains("\u001b[31m\u2718\u001b[0m", "\u001b[32m\u2714\u001b[0m", "\u001b[33m\u26A0\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(print(Reports.varied()));
    }

    @Test
    void marksTestsNearALimitAndTellsOfClassesAndRuns() {
        UsageReport report = report(
                Reports.test(
                        "comesNear",
                        Outcome.PASSED,
                        List.of(call(900, 1)),
                        List.of(Reports.near("1000", "901", "0.9"))),
                Reports.test(
                        "staysFar", Outcome.PASSED, List.of(call(100, 1)), List.of(Reports.near("1000", "101", "0.9"))),
                Reports.whole(TestUsage.Kind.CLASS, "BotTest (class)", Reports.shared(Scope.CLASS, "2000", "1002")),
                Reports.whole(TestUsage.Kind.REPEATED, "BotTest.often (20 runs)", Reports.near("1000", "650", "0.9")),
                Reports.whole(TestUsage.Kind.RUN, TestUsage.RUN, Reports.shared(Scope.SUITE, "5000", "1002")));

        Golden.assertMatches(print(report), "console-shared-limits.txt");
    }

    @Test
    void tellsWhyAnEstimateMayBeWrong() {
        CallUsage foreign = new CallUsage(
                call(1, 1).call().toBuilder()
                        .tokens(TokenCounts.of(12, 9), CountSource.ESTIMATED)
                        .estimates(new TokenEstimate(12, 12, Set.of(EstimateReason.FOREIGN_TOKENIZER)), null)
                        .build(),
                Cost.NOTHING);

        assertThat(print(report(Reports.test("a", foreign, foreign))))
                .contains(
                        "  ~ 2 of 2 calls estimated here, for the service reported no usage: the service's own tokenizer is not published"
                                + "\n    (foreign-tokenizer)\n");
    }

    @Test
    void showsCallsWithoutPriceAsSuchNeverAsNothing() {
        String text = print(report(
                Reports.test("a", Reports.unpriced(), Reports.unpriced()), Reports.test("b", Reports.unpriced())));

        assertThat(text.lines())
                .anyMatch(line -> line.contains("BotTest.a") && line.contains("unpriced (2 calls)"))
                .anyMatch(line -> line.contains("BotTest.b") && line.contains("unpriced (1 call)"))
                .anyMatch(line -> line.contains("total") && line.contains("unpriced (3 calls)"))
                .contains("  unpriced (3 calls): local")
                .filteredOn(line -> line.contains("unpriced"))
                .noneMatch(line -> line.contains("$0.00") && !line.contains("really spent"));
    }

    @Test
    void showsNoAmountWhereOnlyWhatIsUnpricedWasUsed() {
        assertThat(print(report(Reports.test("a", Reports.failed(), Reports.unpriced())))
                        .lines())
                .filteredOn(line -> line.contains(" BotTest.a") || line.contains(" total"))
                .hasSize(2)
                .allMatch(line -> line.matches(".* unpriced \\(1 call\\)( .*)?"));
    }

    @Test
    void drawsNoBarOfALimitThatNobodyKnowsAnythingOf() {
        assertThat(print(Reports.varied()).lines())
                .filteredOn(line -> line.contains("ModelNobodyKnows"))
                .singleElement()
                .asString()
                .endsWith("unknown");
    }

    @Test
    void notesAnomaliesByTheirNumberOnly() {
        UsageReport report =
                report(Reports.test("a", call(1, 1), Reports.fullCall()), Reports.test("b\u0007", Reports.fullCall()));

        assertThat(print(report).lines())
                .contains("  ! 2 of 3 calls with answers that do not add up")
                .noneMatch(line -> line.contains("192"));
    }

    @Test
    void saysFirstWhatTheReportDoesNotHave() {
        UsageReport report = new ReportBuilder(new JournaledRun(
                        List.of(Reports.JVM),
                        List.of("2 lines of 1-2.jsonl are damaged"),
                        List.of(Reports.PRICES),
                        List.of(Reports.test("a", call(1, 1), Reports.failed()))))
                .build(Reports.START);

        assertThat(print(report).lines())
                .containsSubsequence("  incomplete: 2 lines of 1-2.jsonl are damaged", "  1 of 2 calls failed");
    }

    @Test
    void tellsWhatEarlierAttemptsCost() {
        TestUsage first = Reports.test("flaky", Outcome.FAILED, List.of(call(100, 10)), List.of());
        TestUsage again = new TestUsage(
                first.kind(),
                first.id(),
                first.testClass(),
                first.name(),
                Outcome.PASSED,
                first.start(),
                first.end(),
                List.of(call(1, 1)),
                List.of(),
                List.of(first));

        assertThat(print(report(again)).lines())
                .contains("  earlier attempts of tests that were run again, not in the sums: 1 call, $0.00035");
    }

    @Test
    void printsAtMost112ColumnsWhateverTheNamesAndNumbersAre() {
        String longName = "aVeryLongNameOfATestThatSaysWhatItExpects".repeat(5);
        UsageReport wide = report(
                Reports.test(
                        longName,
                        Outcome.OVER_BUDGET,
                        List.of(call(123_456_789, 12_345_678), Reports.fullCall()),
                        List.of(Reports.limit(
                                Metric.INPUT_TOKENS, "1000000", "123456789", BudgetBreach.Kind.EXCEEDED))),
                Reports.test("\u4E2D".repeat(100), call(4, 14)),
                Reports.test(longName + "2", call(4, 14)));

        assertThat(print(wide).lines())
                .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(WIDTH));
        assertThat(print(wide)).contains("...", "Expects ", "Expects2 ");
    }

    @Test
    void leavesACachedCountOutBeforeNamesCanNoLongerBeRead() {
        UsageReport wide = report(Reports.test(
                "answersARefundQuestion",
                Outcome.OVER_BUDGET,
                Collections.nCopies(4, call(2_023_456_789, 2_012_345_678)),
                List.of(Reports.limit(Metric.INPUT_TOKENS, "1000000000", "8093827156", BudgetBreach.Kind.EXCEEDED))));

        assertThat(print(wide).lines())
                .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(WIDTH))
                .anyMatch(line -> line.contains("  ...undQuestion  "))
                .noneMatch(line -> line.contains("cached"));
    }

    @Test
    void alignsWhatTheConsoleCannotShow() {
        UsageReport report =
                report(Reports.test("\u4E2D\u6587\uD83D\uDE00", call(123, 10)), Reports.test("six", call(123, 10)));

        assertThat(print(report, US_ASCII, Colouring.NONE).lines().filter(line -> line.contains("BotTest")))
                .hasSize(2)
                .extracting(line -> line.indexOf("123"))
                .containsOnly("  ok  BotTest.six      1    ".length());
    }

    @Test
    void alignsWideCharacters() {
        UsageReport report =
                report(Reports.test("\u4E2D\u6587\uD83D\uDE00", call(123, 10)), Reports.test("sixLts", call(123, 10)));

        assertThat(print(report).lines().filter(line -> line.contains("BotTest")))
                .hasSize(2)
                .extracting(line -> TextWidth.of(line.substring(0, line.indexOf("123"))))
                .containsOnly(TextWidth.of("  v  BotTest.sixLts      1    "));
    }

    @Test
    void printsAHundredTestsAndHowManyMoreThereAre() {
        TestUsage[] tests = IntStream.range(0, 250)
                .mapToObj(number -> number % 2 == 0
                        ? Reports.test("fine" + number, call(100 + number, 10))
                        : Reports.test(
                                "over" + number,
                                Outcome.OVER_BUDGET,
                                List.of(call(1, 1)),
                                List.of(Reports.limit(Metric.TOKENS, "1", "2", BudgetBreach.Kind.EXCEEDED))))
                .toArray(TestUsage[]::new);

        assertThat(print(report(tests)).lines())
                .contains("  ... and 150 more in the report, 25 of them to be looked at")
                .filteredOn(line -> line.contains("BotTest"))
                .hasSize(100)
                .allMatch(line -> line.startsWith("  \u2718  BotTest.over"));
    }

    @Test
    void printsNothingWhereNothingWasCalled() {
        assertThat(print(report(Reports.test("idle")))).isEmpty();
    }

    @Test
    void printsATestThatFailedItsBudgetWithoutACall() {
        assertThat(print(report(Reports.test("refused", Outcome.OVER_BUDGET, List.of(), List.of()))))
                .contains("BotTest.refused");
    }

    @Test
    void printsNoControlCharacterOfAName() {
        String text = print(report(Reports.test("a\u001b[31mred\u0007\r\nb\u009b31m\u202Etxt", call(1, 1))));

        assertThat(text.replace("\n", ""))
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
                .contains("BotTest.a [31mred");
    }

    @Test
    void namesThePageIfThereIsOne(@TempDir Path directory) throws IOException {
        assertThat(print(Reports.varied(), directory))
                .contains("\n  report: "
                        + PlainText.lines("" + directory, 100, "").get(0));
        Files.createFile(directory.resolve("index.html"));
        assertThat(print(Reports.varied(), directory)).contains("index.html");
    }

    private static String print(UsageReport report) {
        return print(report, UTF_8, Colouring.NONE);
    }

    private static String print(UsageReport report, Path directory) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ConsoleReportWriter(new PrintStream(bytes, true, UTF_8), UTF_8, Colouring.NONE).write(report, directory);
        return bytes.toString(UTF_8);
    }

    private static String print(UsageReport report, Charset charset, Colouring colouring) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ConsoleReportWriter(new PrintStream(bytes, true, charset), charset, colouring)
                .write(report, Path.of("build", "reports", "llm-budget"));
        return bytes.toString(charset);
    }
}
