package io.github.llmbudget.report;

import io.github.llmbudget.budget.TextTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Prints the table of tests to standard output.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ConsoleReportWriter implements ReportWriter {

    private static final int MAX_WIDTH = 112;
    private static final int MIN_NAME = 12;
    private static final int MAX_NAME = 48;
    private static final String MARGIN = "  ";
    private static final int GAP = 2;

    private final PrintStream out;

    /** Creates the writer; found through its services file. */
    public ConsoleReportWriter() {
        this(System.out);
    }

    ConsoleReportWriter(PrintStream out) {
        this.out = out;
    }

    @Override
    public String id() {
        return "console";
    }

    @Override
    public void write(UsageReport report, Path directory) {
        UsageTable table = new UsageTable(report);
        List<List<String>> rows = new ArrayList<>();
        rows.add(UsageTable.HEAD);
        report.tests().forEach(test -> rows.add(table.row(test)));
        rows.add(table.totalRow());
        int nameWidth = nameWidth(rows);
        rows.replaceAll(row -> shortened(row, nameWidth));
        StringBuilder text = new StringBuilder("\nLLM budget: " + report.verdict() + "\n\n");
        new TextTable(1)
                .lines(rows)
                .forEach(line -> text.append(MARGIN).append(line).append('\n'));
        text.append('\n');
        table.remarks().forEach(remark -> text.append(MARGIN).append(remark).append('\n'));
        table.prices().forEach(basis -> text.append(MARGIN).append(basis).append('\n'));
        text.append(MARGIN).append("report: ").append(directory).append('\n');
        out.println(text);
    }

    /** Names give way where the numbers are wide. */
    private static int nameWidth(List<List<String>> rows) {
        int left = MAX_WIDTH - MARGIN.length();
        for (int column = 1; column < UsageTable.HEAD.size(); column++) {
            int numbers = column;
            left -= GAP
                    + rows.stream()
                            .mapToInt(row -> row.get(numbers).length())
                            .max()
                            .orElse(0);
        }
        return Math.max(MIN_NAME, Math.min(left, MAX_NAME));
    }

    private static List<String> shortened(List<String> row, int width) {
        List<String> cells = new ArrayList<>(row);
        String name = cells.get(0).replaceAll("\\p{Cntrl}", " ");
        // The method stands at the end, and tells tests of one class apart.
        cells.set(0, name.length() <= width ? name : "..." + name.substring(name.length() - width + 3));
        return cells;
    }
}
