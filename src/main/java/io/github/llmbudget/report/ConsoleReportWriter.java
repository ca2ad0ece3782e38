package io.github.llmbudget.report;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Prints a line for each test and the sums of each model to standard output, at most 112 columns wide.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ConsoleReportWriter implements ReportWriter {

    private static final int MAX_WIDTH = 112;
    private static final int MAX_REMARK = 600;
    private static final String MARGIN = "  ";

    private final PrintStream out;
    private final Charset charset;
    private final Colouring colouring;

    /** Creates the writer; found through its services file. */
    public ConsoleReportWriter() {
        this(System.out, charset(), Colouring.of(Environment.OF_PROCESS, Colouring.isTerminal(System.console())));
    }

    ConsoleReportWriter(PrintStream out, Charset charset, Colouring colouring) {
        this.out = out;
        this.charset = charset;
        this.colouring = colouring;
    }

    /** Returns what standard output is written in; the stream itself does not tell before Java 18. */
    private static Charset charset() {
        String encoding = System.getProperty("stdout.encoding", "");
        try {
            return encoding.isBlank() ? Charset.defaultCharset() : Charset.forName(encoding);
        } catch (IllegalArgumentException e) {
            return Charset.defaultCharset();
        }
    }

    @Override
    public String id() {
        return "console";
    }

    @Override
    public void write(UsageReport report, Path directory) {
        if (hasSomethingToTell(report)) {
            out.println("\n" + String.join("\n", lines(report, directory)) + "\n");
        }
    }

    private static boolean hasSomethingToTell(UsageReport report) {
        return report.totals().calls() > 0 || report.earlierAttempts().calls() > 0 || report.overBudget() > 0;
    }

    private List<String> lines(UsageReport report, Path directory) {
        int width = MAX_WIDTH - MARGIN.length();
        UsageTable table = new UsageTable(report);
        List<String> lines = new ArrayList<>(PlainText.lines("LLM budget: " + report.verdict(), MAX_WIDTH, MARGIN));
        lines.add("");
        new ConsoleTable(report, charset, colouring, width)
                .lines()
                .forEach(line -> lines.add((MARGIN + line).stripTrailing()));
        lines.add("");
        List<String> remarks = new ArrayList<>(table.missing());
        remarks.addAll(table.remarks());
        remarks.addAll(table.prices());
        remarks.add("report: " + place(directory));
        for (String remark : remarks) {
            String shown = PlainText.beginning(PlainText.encodable(remark, charset), MAX_REMARK);
            PlainText.lines(shown, width, MARGIN).forEach(line -> lines.add(MARGIN + line));
        }
        return lines;
    }

    /** The page, if there is one. */
    private static Path place(Path directory) {
        Path page = directory.resolve("index.html");
        return Files.exists(page) ? page : directory;
    }
}
