package io.github.llmbudget.report;

import static io.github.llmbudget.report.Reports.call;
import static io.github.llmbudget.report.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTests {

    private static final String ID = "[engine:junit-jupiter]/[class:BotTest]/[method:a()]";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0.00035;    EXACT;     unchanged against the baseline;                   ",
                "0.0003500;  EXACT;     unchanged against the baseline;                   ",
                "0.0003;     EXACT;     up $0.00005 (+16.7%) against the baseline;        '+$0.00005, +16.7%'",
                "0.0007;     EXACT;     down $0.00035 (-50.0%) against the baseline;      '-$0.00035, -50.0%'",
                "0;          EXACT;     up $0.00035 against the baseline;                 +$0.00035",
                "0.00034999; EXACT;     up $0.00000001 (+<0.1%) against the baseline;     '+$0.00000001, +<0.1%'",
                "0.0003;     ESTIMATED; up ~$0.00005 (+16.7%) against the baseline;       '~+$0.00005, +16.7%'",
            })
    void tellsADifference(String usd, String exactness, String verdict, String change) throws IOException {
        Path baseline = baseline("{\"usd\": \"" + usd + "\", \"exactness\": \"" + exactness + "\"}");

        Comparison comparison = Comparison.of(report(Reports.test("a", call(100, 10))), baseline);

        assertThat(comparison.verdict()).hasValue(verdict);
        assertThat(comparison.changes().get(ID)).isEqualTo(change);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"exactness\": \"UNPRICED\"}",
                "{\"usd\": \"0.00035\", \"exactness\": \"PARTIAL\"}",
                "{\"usd\": \"0.00035\", \"exactness\": \"LOWER_BOUND\"}",
            })
    void takesNoCostThatIsNotKnownForUnchanged(String cost) throws IOException {
        Comparison comparison = Comparison.of(report(Reports.test("a", call(100, 10))), baseline(cost));

        assertThat(comparison.verdict())
                .hasValue("INCONCLUSIVE against the baseline: the cost of 1 test is not known, the rest is unchanged");
        assertThat(comparison.changes()).containsEntry(ID, "unknown");
        assertThat(comparison.remarks()).contains("not comparable, for what they cost is not known: BotTest.a");
    }

    @Test
    void doesNotCompareWhatHasNoPriceNow() throws IOException {
        Comparison comparison = Comparison.of(
                report(Reports.test("a", Reports.unpriced())), baseline("{\"usd\": \"1\", \"exactness\": \"EXACT\"}"));

        assertThat(comparison.verdict().orElseThrow()).startsWith("INCONCLUSIVE");
        assertThat(comparison.changes()).containsEntry(ID, "unknown");
    }

    @Test
    void tellsOfTestsThatAreNewAndGone() throws IOException {
        Comparison comparison = Comparison.of(
                report(Reports.test("b", call(100, 10))), baseline("{\"usd\": \"0.001\", \"exactness\": \"EXACT\"}"));

        assertThat(comparison.verdict()).hasValue("down $0.00065 (-65.0%) against the baseline");
        assertThat(comparison.changes()).containsOnly(java.util.Map.entry(ID.replace("a()", "b()"), "new"));
        assertThat(comparison.remarks())
                .containsExactly(
                        "new since the baseline: BotTest.b",
                        "gone since the baseline: BotTest.a",
                        "baseline: the report of 2026-11-23T10:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"version\": \"4.0\", \"created\": \"2026-11-23T10:00:00Z\", \"tests\": []};its version is 4.0, and this release reads 3.x",
                "{\"version\": \"2.1\", \"created\": \"2026-11-23T10:00:00Z\", \"tests\": []};its version is 2.1, and this release reads 3.x",
                "{\"version\": \"30\", \"created\": \"2026-11-23T10:00:00Z\", \"tests\": []};its version is 30, and this release reads 3.x",
                "{\"version\": \"3.0\", \"created\": \"2026-11-23T10:00:00Z\"};it is no report of llm-budget",
                "{\"version\": \"3.0\", \"tests\": []};it is no report of llm-budget",
                "{};it is no report of llm-budget",
                "{\"version\": \"3.0\", \"created\": \"yesterday\", \"tests\": []};it is damaged",
                "{\"version\": \"3.0\", \"created\": \"2026-11-23T10:00:00Z\", \"tests\": 7};it is damaged",
                "{\"version\": \"3.0\", \"created\": \"2026-11-23T10:00:00Z\", \"tests\": [;it is damaged",
                "[];it is damaged",
                "hello;it is damaged",
                "{\"version\": \"3.0\", \"created\": \"2026-11-23T10:00:00Z\", \"tests\": [{\"id\": \"a\", \"name\": \"a\"}]};what each test cost",
                "{\"version\": \"3.0\", \"created\": \"2026-11-23T10:00:00Z\", \"tests\": [{\"id\": \"a\", \"name\": \"a\", \"cost\": {\"exactness\": \"EXACT\"}}]};what each test cost",
                "{\"version\": \"3.0\", \"created\": \"2026-11-23T10:00:00Z\", \"tests\": [{\"id\": \"a\", \"name\": \"a\", \"cost\": {\"usd\": \"1\", \"exactness\": \"SURE\"}}]};it is damaged",
                "{\"version\": \"3.0\", \"created\": \"2026-11-23T10:00:00Z\", \"tests\": [{\"id\": \"a\", \"name\": \"a\", \"cost\": {\"usd\": \"-1\", \"exactness\": \"EXACT\"}}]};it is damaged",
                "{\"version\": \"3.0\", \"created\": \"2026-11-23T10:00:00Z\", \"tests\": [{\"id\": \"a\", \"name\": \"a\", \"cost\": {\"usd\": \"1e999999999\", \"exactness\": \"EXACT\"}}]};it is damaged",
                "{\"version\": \"3.0\", \"created\": \"2026-11-23T10:00:00Z\", \"tests\": [{\"id\": \"a\", \"name\": \"a\", \"cost\": {\"usd\": \"much\", \"exactness\": \"EXACT\"}}]};it is damaged",
            })
    void saysWhyABaselineCannotBeUsed(String document, String reason) throws IOException {
        Path file = Files.writeString(directory.resolve("report.json"), document);

        Comparison comparison = Comparison.of(report(Reports.test("a", call(1, 1))), file);

        assertThat(comparison.verdict().orElseThrow())
                .startsWith("INCONCLUSIVE against the baseline: ")
                .contains(reason);
        assertThat(comparison.changes()).isEmpty();
    }

    @Test
    void comparesWithAReportAsItIsWritten() throws IOException {
        TestUsage same = Reports.test("same", call(1, 1));
        new JsonReportWriter()
                .write(
                        report(same, same, Reports.test("a", call(100, 10)), Reports.test("odd", Reports.uncounted())),
                        directory);

        Comparison comparison = Comparison.of(
                report(same, same, Reports.test("a", call(200, 10)), Reports.test("odd", Reports.uncounted())),
                directory.resolve("report.json"));

        assertThat(comparison.verdict())
                .hasValue("INCONCLUSIVE against the baseline: the cost of 1 test is not known, the rest is up $0.00025"
                        + " (+66.7%)");
        assertThat(comparison.changes()).containsOnlyKeys(ID, ID.replace("a()", "odd()"));
    }

    @Test
    void saysThatTheFileIsMissing() {
        assertThat(Comparison.of(report(Reports.test("a", call(1, 1))), directory.resolve("none.json"))
                        .verdict()
                        .orElseThrow())
                .endsWith("none.json: it does not exist");
    }

    private Path baseline(String cost) throws IOException {
        return Baselines.write(
                directory,
                "{\"id\": \"" + ID + "\", \"calls\": [{}], \"name\": \"BotTest.a\", \"cost\": " + cost + "}");
    }
}
