package io.github.llmbudget.report;

import io.github.llmbudget.budget.Footnotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Writes {@code summary.md}, for a pull request: the verdict, and the tests that matter most, in at most 60 lines.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class MarkdownReportWriter implements ReportWriter {

    private static final int MAX_TESTS = 40;

    /** Creates the writer; found through its services file. */
    public MarkdownReportWriter() {}

    @Override
    public String id() {
        return "markdown";
    }

    @Override
    public void write(UsageReport report, Path directory) throws IOException {
        Files.writeString(directory.resolve("summary.md"), render(report));
    }

    private static String render(UsageReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("# LLM budget");
        lines.add("");
        lines.add("**" + escape(report.verdict()) + "**");
        lines.add("");
        UsageTable table = new UsageTable(report);
        lines.add(row(UsageTable.HEAD));
        lines.add("|---|--:|--:|--:|--:|--:|--:|--:|");
        report.tests().stream()
                .limit(MAX_TESTS)
                .map(table::row)
                .map(MarkdownReportWriter::row)
                .forEach(lines::add);
        if (report.tests().size() > MAX_TESTS) {
            lines.add("| ... " + (report.tests().size() - MAX_TESTS) + " more | | | | | | | |");
        }
        lines.add(row(table.totalRow()));
        lines.add("");
        List<String> remarks = new ArrayList<>(table.remarks());
        remarks.addAll(Footnotes.of(table.anomalies()));
        remarks.addAll(table.prices());
        remarks.forEach(remark -> lines.add("- " + escape(remark)));
        return String.join("\n", lines) + "\n";
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MarkdownReportWriter::escape).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("@", "&#64;")
                .replace("#", "&#35;")
                .replace("[", "\\[")
                .replace("`", "\\`")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replaceAll("\\p{Cntrl}", " ");
    }
}
