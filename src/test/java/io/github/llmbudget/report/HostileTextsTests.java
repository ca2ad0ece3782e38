package io.github.llmbudget.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.TextWidth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Holds each format together whatever tests, models, price lists and limits are called. */
class HostileTextsTests {

    private static final int CONSOLE_WIDTH = 112;

    @ParameterizedTest
    @MethodSource("io.github.llmbudget.report.HostileTexts#texts")
    void keepsTheConsoleInItsColumnsAndLines(String text) {
        for (Charset charset : List.of(UTF_8, US_ASCII)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ConsoleReportWriter(new PrintStream(bytes, true, charset), charset, Colouring.NONE)
                    .write(HostileTexts.report(text), Path.of("build", "reports", "llm-budget"));

            String printed = bytes.toString(charset);
            assertThat(printed.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
            assertThat(printed.lines())
                    .hasSizeLessThan(60)
                    .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(CONSOLE_WIDTH))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThan(4 * CONSOLE_WIDTH));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.llmbudget.report.HostileTexts#texts")
    void keepsTheSummaryFreeOfMarkupThatIsNotItsOwn(String text) {
        String summary = new MarkdownSummary(HostileTexts.report(text), Comparison.NONE).text();

        assertThat(summary.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\u202E\\u2066\\p{Cs}\\p{Zl}\\p{Zp}]");
        assertThat(summary).hasSizeLessThan(40_000);
        List<String> lines = summary.lines().toList();
        assertThat(lines).hasSizeLessThan(MarkdownSummary.MAX_LINES);
        assertThat(lines.stream().filter(line -> line.startsWith("|")).map(line -> line.split("\\|", -1).length))
                .containsOnly(8, 11);
        String withoutCode =
                summary.replaceAll("`[^`\n|]*`|&#\\d+;", "").replaceAll("</?(code|b|details|summary)>", "");
        assertThat(withoutCode).doesNotContain("<", "`", "](", "://", "www.").doesNotContainPattern("[@#][\\w]");
    }

    @ParameterizedTest
    @MethodSource("io.github.llmbudget.report.HostileTexts#texts")
    void writesXmlThatAParserReads(String text, @TempDir Path directory)
            throws IOException, SAXException, ParserConfigurationException {
        new JUnitXmlReportWriter().write(HostileTexts.report(text), directory);

        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(directory.resolve("junit-llm-budget.xml").toFile());
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("x").getLength()).isZero();
        assertThat(Arrays.asList(
                        document.getElementsByTagName("failure").item(0).getNodeName()))
                .containsExactly("failure");
    }
}
