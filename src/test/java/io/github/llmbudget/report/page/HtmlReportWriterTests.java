package io.github.llmbudget.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.report.ReportWriters;
import io.github.llmbudget.report.SampleReports;
import io.github.llmbudget.report.UsageReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlReportWriterTests {

    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "</script></style></template></pre>--><!--",
            "]]>&amp;&quot;\" onload=\"alert(1)' style='x",
            "javascript:alert(1)",
            "right\u202eto\u2066left\u200f",
            "\ud83e\udd16 emoji \ud83d\udc69\u200d\ud83d\udcbb",
            "x".repeat(10_000),
            "a\u0000b\u0007c\u001bd\u007fe\u0085f\nline\r\ttab",
            "half \ud83e of a pair",
            "budget",
            "overview",
            "50%?q=1#:~:text=x",
            " ");

    @TempDir
    private Path directory;

    static Stream<UsageReport> reports() {
        return Stream.of(
                SampleReports.varied(),
                SampleReports.team(),
                SampleReports.hostile(HOSTILE),
                SampleReports.large(1_001));
    }

    @Test
    void isFoundByItsId() {
        assertThat(ReportWriters.of(Configuration.of(key -> Optional.empty())))
                .anyMatch(writer ->
                        writer instanceof HtmlReportWriter && writer.id().equals("html"));
    }

    @Test
    void tellsTheVerdictAndWhatIsMissing() throws IOException {
        UsageReport report = SampleReports.team();
        Document page = write(report);

        assertThat(page.selectFirst("h1").text()).isEqualTo("FAIL " + report.verdict());
        assertThat(page.selectFirst("header .alert").text())
                .contains("not whole", report.missing().get(0));
        assertThat(page.select(".tiles").text())
                .contains("Saved by replay", "1 retried · 1 failed", "input from cache", "reasoning");
        assertThat(page.title()).contains(report.verdict());
    }

    @Test
    void showsEachTestWithItsTightestLimit() throws IOException {
        Document page = write(SampleReports.team());

        assertThat(page.select("#budget tbody tr")).hasSize(39);
        assertThat(row(page, "SupportBotTest.answersARefundQuestionAcrossSeveralTurns"))
                .containsSubsequence("over budget", "~$0.032066", "145%", "$0.02", "none", "6", "~7,577");
        assertThat(row(page, "InvoiceSummaryTest.summarisesWithOurOwnModel"))
                .containsSubsequence("over budget", "unpriced", "unknown", "$0.01", "unknown");
        assertThat(row(page, "SemanticSearchTest"))
                .containsSubsequence("class", "warning", "-", "94%", "50,000 tokens", "6%");
        assertThat(page.selectFirst("#budget .bar.over .beyond").attr("width")).isEqualTo("25");
    }

    @Test
    void neverShowsTheUnknownAsZero() throws IOException {
        Document page = write(SampleReports.varied());

        assertThat(row(page, "BotTest.asksInTheDark")).contains("unknown", "?").doesNotContain("0%", "$0");
        assertThat(row(page, "BotTest.thinksUnseen")).contains(">=21%", "<=79%", "~12", ">=9");
        assertThat(page.selectFirst("[id=BotTest.asksInTheDark]").text())
                .contains("no format", "time unknown", "unknown");
    }

    @Test
    void drawsNothingForWhatIsNotKnown() throws IOException {
        Document page = write(SampleReports.unusual(0));

        assertThat(row(page, "EscalationTest.passesUnpriced"))
                .contains("unknown cost", "unpriced", "unknown")
                .doesNotContain("passed", "0%");
    }

    @Test
    void drawsTheCostBesideTheLimitThatItIsComparedWith() throws IOException {
        Document page = write(SampleReports.unusual(0));

        assertThat(page.select("[id=SupportBotTest.limitsEachCall] figcaption span")
                        .eachText())
                .containsExactly("list cost, $0.03 in the end");
        assertThat(page.select("[id=SupportBotTest.isJudged] figcaption span").eachText())
                .containsExactly("list cost of the calls that the limit counts, $0.015 in the end", "limit $0.02");
        assertThat(row(page, "SupportBotTest.limitsEachCall")).contains("$0.01 a call");
    }

    @Test
    void tellsHowOftenARequestWasSentThoughItDoesNotNameAllCalls() throws IOException {
        assertThat(write(SampleReports.unusual(0)).select("#findings").text()).contains("12 times");
    }

    @Test
    void keepsPagesOfThoseThatNeedALookInALargeReport() throws IOException {
        Document page = write(SampleReports.unusual(2_000));

        assertThat(page.select("section.test").eachAttr("id"))
                .hasSizeLessThan(1_000)
                .contains("EscalationTest.passesUnpriced", "EscalationTest.asksAgain");
    }

    @Test
    void staysSmallHoweverManyCallsATestMakes() throws IOException {
        Document page = write(SampleReports.talkative(20, 1_000));

        assertThat(Files.size(directory.resolve("index.html"))).isLessThan(15_000_000);
        assertThat(page.select("#budget tbody tr")).hasSize(20);
        assertThat(page.select(".note").text()).matches("The calls of \\d+ tests are in report.json only.");
    }

    @Test
    void showsHowEachCallWasCountedAndPriced() throws IOException {
        Document page = write(SampleReports.team());
        Element test = page.selectFirst("[id=SupportBotTest.answersARefundQuestionAcrossSeveralTurns]");

        assertThat(test.select("table.calls").text())
                .contains(
                        "input: 1,204 × $2.50 / 1M = $0.00301",
                        "→ gpt-4o-2024-08-06",
                        "retry",
                        "HTTP 429",
                        "estimated with o200k_base: the stream ended without usage",
                        "judge: politeness",
                        "reasoning of 9 exceeds output of 5");
        assertThat(test.select(".timeline li")).hasSize(6);
        assertThat(test.select(".timeline").text()).contains("first token 300 ms", "time unknown", "cut");
        assertThat(test.selectFirst("figcaption").text()).contains("limit $0.02");
        assertThat(test.selectFirst(".conversation pre").text()).contains("Where is my refund?");
        assertThat(test.text()).contains("Earlier attempts", "2 calls, $0.006110");
    }

    @Test
    void tellsOfModelsPricesAndWhatHasNone() throws IOException {
        Element models = write(SampleReports.team()).selectFirst("#models");

        assertThat(models.select("a[href^=https]").eachAttr("href")).contains("https://openai.com/api/pricing");
        assertThat(models.text()).contains("the price page", "checked 2026-11-12", "$2.50 / 1M", "1 call unpriced");
        assertThat(models.selectFirst("pre").text())
                .contains("acme-local-7b,input,<price>", "acme-local-7b,output,<price>");
    }

    @ParameterizedTest
    @MethodSource("reports")
    void allowsNothingButItsOwnStyleAndScript(UsageReport report) throws Exception {
        Document page = write(report);

        String policy =
                page.selectFirst("meta[http-equiv=Content-Security-Policy]").attr("content");
        assertThat(policy)
                .startsWith("default-src 'none'; ")
                .contains("style-src " + source(page.selectFirst("style").data()))
                .contains("script-src "
                        + source(page.selectFirst("script:not([type])").data()))
                .doesNotContain("unsafe");
        assertThat(page.select("style")).hasSize(1);
        assertThat(page.select("script:not([type=text/plain])")).hasSize(1);
        assertThat(page.select("[style], [src], iframe, object, embed, base, form[action]"))
                .isEmpty();
        assertThat(page.getAllElements())
                .allMatch(element -> element.attributes().asList().stream()
                        .noneMatch(attribute -> attribute.getKey().startsWith("on")));
        assertThat(page.select("a[href]").eachAttr("href"))
                .allMatch(link -> link.startsWith("#") || link.startsWith("https://"));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void leadsNowhereThatIsNotThere(UsageReport report) throws IOException {
        Document page = write(report);

        List<String> ids = page.select("[id]").eachAttr("id");
        assertThat(ids).doesNotHaveDuplicates().noneMatch(id -> id.matches("(?s).*[\\s\\p{Cntrl}].*") || id.isEmpty());
        assertThat(page.select("a[href^=#]").eachAttr("href"))
                .isNotEmpty()
                .map(link -> URLDecoder.decode(link.substring(1).replace("+", "%2B"), UTF_8))
                .allMatch(ids::contains);
    }

    @Test
    void letsNoContentBecomeMarkup() throws IOException {
        Document page = write(SampleReports.hostile(HOSTILE));

        assertThat(page.select("#budget tbody tr")).hasSize(HOSTILE.size());
        assertThat(page.select("section.test")).hasSize(HOSTILE.size());
        assertThat(page.select("#budget tbody th > a > bdi").eachText())
                .contains("<script>alert(1)</script>", "javascript:alert(1)", "x".repeat(10_000));
        assertThat(Files.readString(directory.resolve("index.html")))
                .contains("a\u2400b\u2407c\u241bd\u2421e\ufffdf")
                .doesNotContainPattern("[\\p{Cntrl}&&[^\n\r\t]]");
    }

    @Test
    void tellsTestsOfTheSameNameApart() throws IOException {
        Document page = write(SampleReports.hostile(List.of("Bot.asks", "Bot.asks", "Bot.asks~2", "Bot.asks")));

        assertThat(page.select("section.test").eachAttr("id"))
                .containsExactlyInAnyOrder("Bot.asks", "Bot.asks~2", "Bot.asks~2~2", "Bot.asks~3");
    }

    @Test
    void keepsAllRowsOfALargeReportAsDataAndTheMostImportantTestsAsPages() throws IOException {
        Document page = write(SampleReports.large(5_000));

        JsonArray rows = JsonParser.parseString(new String(
                        new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder()
                                        .decode(page.selectFirst("#data").data())))
                                .readAllBytes(),
                        UTF_8))
                .getAsJsonObject()
                .getAsJsonArray("rows");
        assertThat(rows).hasSize(5_000);
        assertThat(page.select("#budget tbody tr")).hasSize(200);
        assertThat(page.selectFirst(".note").text()).matches("The calls of [34],\\d{3} tests are in report.json only.");
        assertThat(page.select("section.test .badge.over").size()).isGreaterThanOrEqualTo(5);
        assertThat(Files.size(directory.resolve("index.html"))).isLessThan(9_000_000);
    }

    @Test
    void saysWhereItCannotWrite() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new HtmlReportWriter().write(SampleReports.varied(), directory.resolve("missing")))
                .withMessageContaining("index.html");
    }

    private Document write(UsageReport report) throws IOException {
        new HtmlReportWriter().write(report, directory);
        return Jsoup.parse(directory.resolve("index.html").toFile(), "UTF-8");
    }

    private static String row(Document page, String test) {
        return page.select("#budget tbody tr").stream()
                .filter(row -> row.selectFirst("th bdi").text().equals(test))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static String source(String content) throws Exception {
        return "'sha256-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)))
                + "'";
    }
}
