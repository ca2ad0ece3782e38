package io.github.llmbudget.report;

import static io.github.llmbudget.report.Reports.call;
import static io.github.llmbudget.report.Reports.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.call.TokenEstimate;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.report.TestUsage.Outcome;
import io.github.llmbudget.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWritersTests {

    @TempDir
    private Path directory;

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

        Golden.assertMatches(console(report), "console-shared-limits.txt");
    }

    @Test
    void tellsWhyAnEstimateMayBeWrong() {
        CallUsage foreign = new CallUsage(
                call(1, 1).call().toBuilder()
                        .tokens(TokenCounts.of(12, 9), CountSource.ESTIMATED)
                        .estimates(new TokenEstimate(12, 12, Set.of(EstimateReason.FOREIGN_TOKENIZER)), null)
                        .build(),
                Cost.NOTHING);

        assertThat(console(report(Reports.test("a", foreign, foreign))).lines())
                .contains(
                        "  ~ 2 of 2 calls estimated here, for the service reported no usage: the service's own tokenizer"
                                + " is not published (foreign-tokenizer)");
    }

    @Test
    void showsCallsWithoutPriceAsSuchNeverAsNothing() {
        String text = console(report(
                Reports.test("a", Reports.unpriced(), Reports.unpriced()), Reports.test("b", Reports.unpriced())));

        assertThat(text.lines())
                .anyMatch(line -> line.contains("BotTest.a") && line.contains("unpriced (2 calls)"))
                .anyMatch(line -> line.contains("BotTest.b") && line.contains("unpriced (1 call)"))
                .contains("  unpriced (3 calls): local")
                .filteredOn(line -> line.contains("unpriced"))
                .noneMatch(line -> line.contains("$0.00") && !line.contains("really spent"));
    }

    @Test
    void notesAFewAnomaliesAndHowManyMoreThereAre() throws IOException {
        UsageReport report =
                report(Reports.test("a", call(1, 1), Reports.fullCall()), Reports.test("b\u0007", Reports.fullCall()));

        assertThat(summary(report).lines())
                .containsSubsequence(
                        "- ! 2 of 3 calls with answers that do not add up",
                        "- ! BotTest.a, call 2: cached input of 192 exceeds input of 81",
                        "- ! BotTest.a, call 2: reasoning of 9 exceeds output of 5",
                        "- ! BotTest.b , call 1: cached input of 192 exceeds input of 81",
                        "- ! and 1 more");
        assertThat(console(report).lines())
                .contains("  ! 2 of 3 calls with answers that do not add up")
                .noneMatch(line -> line.contains("192"));
    }

    @Test
    void writesASummaryForAPullRequest() throws IOException {
        Golden.assertMatches(summary(Reports.varied()), "summary.md");
    }

    @Test
    void writesASummaryOfAtMostSixtyLinesWhateverThereIsToSay() throws IOException {
        String summary = summary(report(IntStream.range(0, 100)
                .mapToObj(number -> Reports.test(
                        "test" + number,
                        call(100, 10),
                        Reports.fullCall(),
                        Reports.failed(),
                        Reports.uncounted(),
                        Reports.unpriced()))
                .toArray(TestUsage[]::new)));

        assertThat(summary.lines()).hasSizeLessThanOrEqualTo(60).contains("| ... 60 more | | | | | | | |");
        assertThat(summary.lines()).anyMatch(line -> line.startsWith("| total | 500 |"));
    }

    @Test
    void keepsEachTestOfTheSummaryOnALineOfItsOwnWithEightCells() throws IOException {
        assertThat(summary(Reports.varied()).lines().filter(line -> line.startsWith("| ")))
                .hasSize(1 + 7 + 1)
                .allSatisfy(line -> assertThat(line.split("(?<!\\\\)\\|", -1)).hasSize(8 + 2));
    }

    @Test
    void printsATable() {
        Golden.assertMatches(console(Reports.varied()), "console.txt");
    }

    @Test
    void printsATableOfAtMost112ColumnsWhateverTheNamesAre() {
        String longName = "aVeryLongNameOfATestThatSaysWhatItExpects".repeat(5);
        UsageReport wide = report(
                Reports.test(
                        longName,
                        Outcome.OVER_BUDGET,
                        List.of(call(123_456_789, 12_345_678), Reports.fullCall()),
                        List.of(Reports.limit(
                                Metric.INPUT_TOKENS, "1000000", "123456789", BudgetBreach.Kind.EXCEEDED))),
                Reports.test(longName + "2", call(4, 14)));

        assertThat(console(wide).lines().filter(line -> line.startsWith(" ")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(112));
        assertThat(console(wide)).contains("...", "ItExpects ", "ItExpects2 ", "FAILED");
    }

    @Test
    void showsNoAmountWhereOnlyWhatIsUnpricedWasUsed() {
        assertThat(console(report(Reports.test("a", Reports.failed(), Reports.unpriced())))
                        .lines())
                .filteredOn(line -> line.startsWith("  BotTest.a") || line.startsWith("  total"))
                .hasSize(2)
                .allMatch(line -> line.matches(".* unpriced( .*)?"));
    }

    @Test
    void printsNoControlCharacterOfAName() {
        assertThat(console(report(Reports.test("a\u001b[31mred\u0007\r\nb", call(1, 1))))
                        .replace("\n", ""))
                .doesNotContainPattern("\\p{Cntrl}")
                .contains("BotTest.a [31mred");
    }

    @Test
    void findsTheWritersThatAreAskedFor() {
        assertThat(ReportWriters.of(configured("")))
                .extracting(ReportWriter::id)
                .containsExactly("console", "json", "markdown");
        assertThat(ReportWriters.of(configured("markdown, json")))
                .extracting(ReportWriter::id)
                .containsExactly("markdown", "json");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ReportWriters.of(configured("json,pdf")))
                .withMessage("llmbudget.report.formats names 'pdf', but the formats are console, json, markdown.");
    }

    private String summary(UsageReport report) throws IOException {
        new MarkdownReportWriter().write(report, directory);
        return Files.readString(directory.resolve("summary.md"));
    }

    private static String console(UsageReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ConsoleReportWriter(new PrintStream(bytes, true, UTF_8)).write(report, Path.of("target", "llm-budget"));
        return bytes.toString(UTF_8);
    }

    private static Configuration configured(String formats) {
        return Configuration.of(
                key -> key.equals(Configuration.REPORT_FORMATS) ? Optional.of(formats) : Optional.empty());
    }
}
