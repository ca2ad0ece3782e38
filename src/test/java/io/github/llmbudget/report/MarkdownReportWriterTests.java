package io.github.llmbudget.report;

import static io.github.llmbudget.report.Reports.call;
import static io.github.llmbudget.report.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.report.TestUsage.Outcome;
import io.github.llmbudget.testing.Golden;
import io.github.llmbudget.testing.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownReportWriterTests {

    @TempDir
    private Path directory;

    @Test
    void writesASummaryForAPullRequest() throws IOException {
        Golden.assertMatches(summary(Reports.varied()), "summary.md");
    }

    @Test
    void foldsWhatHasNoRoomAndShowsWhatNeedsALookFirst() throws IOException {
        TestUsage[] tests = IntStream.range(0, 50)
                .mapToObj(number -> Reports.test("test" + number, call(100 + number, 10)))
                .toArray(TestUsage[]::new);
        tests[7] = Reports.test("broken", Outcome.FAILED, List.of(call(1, 1)), List.of());
        tests[9] = Reports.test("near", Outcome.PASSED, List.of(call(1, 1)), List.of(Reports.near("10", "9", "0.8")));
        tests[11] = Reports.test("unpriced", Reports.unpriced());

        Golden.assertMatches(summary(report(tests)), "summary-folded.md");
    }

    @Test
    void writesAtMostSixtyLinesWhateverThereIsToSay() throws IOException {
        TestUsage[] tests = IntStream.range(0, 2_000)
                .mapToObj(number -> Reports.test(
                        "test" + number,
                        Outcome.PASSED,
                        List.of(
                                call(100, 10),
                                Reports.fullCall(),
                                Reports.failed(),
                                Reports.uncounted(),
                                Reports.inPart(),
                                Reports.unpriced(),
                                new CallUsage(
                                        Reports.unpriced().call().toBuilder()
                                                .answeredModel("local" + number)
                                                .build(),
                                        Reports.unpriced().cost())),
                        List.of(Reports.near("1000", "900", "0.5"))))
                .toArray(TestUsage[]::new);
        UsageReport report = new ReportBuilder(new JournaledRun(
                        List.of(Reports.JVM),
                        IntStream.range(0, 50).mapToObj(i -> "line " + i).toList(),
                        List.of(Reports.PRICES, Reports.PRICES, Reports.PRICES, Reports.PRICES),
                        List.of(tests)))
                .build(Reports.START);
        Comparison comparison =
                new Comparison(Optional.of("up"), java.util.Map.of("1", "new"), List.of("a", "b", "c", "d"));

        String summary = new MarkdownSummary(report, comparison).text();

        assertThat(summary.lines()).hasSizeLessThanOrEqualTo(MarkdownSummary.MAX_LINES);
        assertThat(summary.lines()).anyMatch(line -> line.startsWith("| total | 14,000 |"));
        assertThat(summary).contains("more are in the report.", "incomplete: line 0", "incomplete: 45 more");
    }

    @Test
    void showsWhatChangedAgainstABaseline() throws IOException {
        Path baseline = Baselines.write(directory, """
                {"id": "%1$sa()]", "name": "BotTest.a", "cost": {"usd": "0.0003", "exactness": "EXACT"}},
                {"id": "%1$sb()]", "name": "BotTest.b", "cost": {"usd": "0.00035", "exactness": "EXACT"}},
                {"id": "%1$sold()]", "name": "BotTest.old", "cost": {"usd": "0.01", "exactness": "EXACT"}}
                """.formatted("[engine:junit-jupiter]/[class:BotTest]/[method:"));
        UsageReport report = report(
                Reports.test("a", call(100, 10)), Reports.test("b", call(100, 10)), Reports.test("c", call(1000, 10)));

        new MarkdownReportWriter(name -> null, Optional.of(baseline)).write(report, directory);

        Golden.assertMatches(Files.readString(directory.resolve("summary.md")), "summary-changed.md");
    }

    @Test
    void saysThatABaselineCannotBeRead() throws IOException {
        new MarkdownReportWriter(name -> null, Optional.of(Path.of("no", "report.json")))
                .write(report(Reports.test("a", call(1, 1))), directory);

        assertThat(Files.readString(directory.resolve("summary.md")))
                .contains("**INCONCLUSIVE against the baseline: no/report.json: it does not exist**")
                .doesNotContain("unchanged", "change |");
    }

    @Test
    void addsTheSummaryToThatOfTheStepOnce() throws IOException {
        Path step = Files.writeString(directory.resolve("step.md"), "# Other\n");
        MarkdownReportWriter writer = new MarkdownReportWriter(
                name -> name.equals("GITHUB_STEP_SUMMARY") ? step.toString() : null, Optional.empty());

        writer.write(report(Reports.test("a", call(1, 1))), directory);
        writer.write(report(Reports.test("b", call(1, 1))), Files.createDirectory(directory.resolve("module")));
        Files.writeString(step, "# Later\n", java.nio.file.StandardOpenOption.APPEND);
        writer.write(report(Reports.test("a", call(1, 1)), Reports.test("second", call(1, 1))), directory);

        assertThat(Files.readString(step))
                .startsWith("# Other\n")
                .contains("`BotTest.second`", "`BotTest.b`")
                .containsOnlyOnce("`BotTest.a`")
                .endsWith("# Later\n");
    }

    @Test
    void warnsOfAStepSummaryThatCannotBeWrittenAndWritesItsOwnFile() throws IOException {
        MarkdownReportWriter writer = new MarkdownReportWriter(name -> directory.toString(), Optional.empty());

        List<String> warnings = Warnings.during(() -> write(writer));

        assertThat(warnings).singleElement().asString().contains("GITHUB_STEP_SUMMARY");
        assertThat(directory.resolve("summary.md")).isNotEmptyFile();
    }

    @Test
    void leavesAStepSummaryAloneThatWouldBecomeLargerThanGitHubTakes() throws IOException {
        Path step = Files.writeString(directory.resolve("step.md"), "x".repeat(1024 * 1024 - 10));
        MarkdownReportWriter writer = new MarkdownReportWriter(name -> step.toString(), Optional.empty());

        List<String> warnings = Warnings.during(() -> write(writer));

        assertThat(warnings).singleElement().asString().contains("it is full");
        assertThat(step).hasSize(1024 * 1024 - 10);
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
    }

    @Test
    void keepsEachTestOnALineOfItsOwnWithNineCells() throws IOException {
        assertThat(summary(Reports.varied())
                        .lines()
                        .filter(line -> line.startsWith("| "))
                        .limit(8))
                .allSatisfy(line -> assertThat(line.split("\\|", -1)).hasSize(9 + 2));
    }

    @Test
    void tellsServicesOfOneModelApart() throws IOException {
        CallUsage azure = new CallUsage(
                call(7, 1).call().toBuilder().provider("azure").build(),
                call(7, 1).cost());

        assertThat(summary(report(Reports.test("a", azure, call(1, 1)))))
                .contains("`gpt-4o (azure)`", "`gpt-4o (unknown service)`");
    }

    @Test
    void showsALimitAndItsShare() throws IOException {
        assertThat(summary(report(Reports.test(
                        "a",
                        Outcome.PASSED,
                        List.of(call(1, 1)),
                        List.of(Reports.limit(Metric.CALLS, "2", "1", null))))))
                .contains("| 2 calls | 50% |");
    }

    private static void write(ReportWriter writer, Path directory) {
        try {
            writer.write(report(Reports.test("a", call(1, 1))), directory);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void write(ReportWriter writer) {
        write(writer, directory);
    }

    private String summary(UsageReport report) throws IOException {
        new MarkdownReportWriter(name -> null, Optional.empty()).write(report, directory);
        return Files.readString(directory.resolve("summary.md"));
    }
}
