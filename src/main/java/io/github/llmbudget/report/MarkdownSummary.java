package io.github.llmbudget.report;

import io.github.llmbudget.budget.Footnotes;
import io.github.llmbudget.budget.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sums a report up in at most {@link #MAX_LINES} lines, however large it is. */
final class MarkdownSummary {

    static final int MAX_LINES = 60;

    private static final int MAX_OPEN = 15;
    private static final int MAX_MODELS = 5;
    private static final int MAX_PRICES = 2;
    private static final int NAME_WIDTH = 100;

    /** What a folded table takes beside its rows. */
    private static final int FOLD = 8;

    private final UsageReport report;
    private final Comparison comparison;
    private final UsageTable table;

    MarkdownSummary(UsageReport report, Comparison comparison) {
        this.report = report;
        this.comparison = comparison;
        this.table = new UsageTable(report);
    }

    String text() {
        List<String> top = top();
        List<String> bottom = bottom();
        int room = MAX_LINES - top.size() - bottom.size();
        return Stream.of(top, tests(room), bottom).flatMap(List::stream).collect(Collectors.joining("\n", "", "\n"));
    }

    private List<String> top() {
        Standing worst = report.tests().stream()
                .map(Standing::of)
                .min(Comparator.naturalOrder())
                .orElse(Standing.FINE);
        List<String> lines = new ArrayList<>(List.of("# LLM budget", ""));
        lines.add("**" + Glyphs.UNICODE.mark(worst) + " " + MarkdownText.of(report.verdict()) + "**");
        lines.add("");
        comparison.verdict().ifPresent(verdict -> lines.addAll(List.of("**" + MarkdownText.of(verdict) + "**", "")));
        if (!report.missing().isEmpty()) {
            table.missing().forEach(line -> lines.add("- " + MarkdownText.of(line)));
            lines.add("");
        }
        return lines;
    }

    private List<String> tests(int room) {
        List<TestUsage> tests = report.tests().stream().sorted(order()).toList();
        List<String> lines = new ArrayList<>(head());
        // The head, the blank line after the table, and the tests.
        if (tests.size() + head().size() + 1 <= Math.min(room, MAX_OPEN + head().size() + 1)) {
            tests.forEach(test -> lines.add(row(test)));
            lines.add("");
            return lines;
        }
        int rows = room - 2 * head().size() - FOLD;
        int open = Math.min(MAX_OPEN, rows - rows / 3);
        tests.stream().limit(open).forEach(test -> lines.add(row(test)));
        lines.add("");
        lines.addAll(folded(tests.subList(open, tests.size()), rows - open));
        return lines;
    }

    private List<String> folded(List<TestUsage> tests, int rows) {
        List<String> lines = new ArrayList<>();
        lines.add("<details><summary>" + TextTable.count(tests.size()) + " more</summary>");
        lines.add("");
        lines.addAll(head());
        tests.stream().limit(rows).forEach(test -> lines.add(row(test)));
        lines.add("");
        if (tests.size() > rows) {
            lines.add(TextTable.count(tests.size() - rows) + " more are in the report.");
            lines.add("");
        }
        lines.add("</details>");
        lines.add("");
        return lines;
    }

    /** First what needs a look, then what changed, then what is dear. */
    private Comparator<TestUsage> order() {
        return Comparator.comparing((TestUsage test) -> urgency(Standing.of(test)))
                .thenComparing(test -> !comparison.changes().containsKey(test.id()))
                .thenComparing(UsageTable.DEAREST_FIRST);
    }

    private static Standing urgency(Standing standing) {
        return standing.needsALook() ? standing : Standing.FINE;
    }

    private List<String> head() {
        List<String> head = new ArrayList<>(UsageTable.HEAD);
        head.add(0, "");
        String aligned = "|:-:|---" + "|--:".repeat(head.size() - 2) + "|";
        return hasChanges() ? List.of(joined(head) + " change |", aligned + "--:|") : List.of(joined(head), aligned);
    }

    private String row(TestUsage test) {
        List<String> cells = new ArrayList<>(escaped(table.row(test)));
        cells.set(0, MarkdownText.code(test.name(), NAME_WIDTH));
        cells.add(0, Glyphs.UNICODE.mark(Standing.of(test)));
        if (hasChanges()) {
            cells.add(comparison.changes().getOrDefault(test.id(), "-"));
        }
        return joined(cells);
    }

    private boolean hasChanges() {
        return !comparison.changes().isEmpty();
    }

    private List<String> bottom() {
        List<String> lines = new ArrayList<>();
        lines.add(joined(UsageTable.MODEL_HEAD));
        lines.add("|---" + "|--:".repeat(UsageTable.MODEL_HEAD.size() - 1) + "|");
        List<List<String>> models = table.modelRows(MAX_MODELS);
        boolean hasOthers = models.size() < report.models().size();
        for (int index = 0; index < models.size(); index++) {
            boolean isModel = !hasOthers || index < models.size() - 1;
            lines.add(isModel ? model(models.get(index)) : joined(escaped(models.get(index))));
        }
        lines.add(joined(escaped(table.totalRow())));
        lines.add("");
        List<String> remarks = new ArrayList<>(comparison.remarks());
        remarks.addAll(table.remarks());
        remarks.addAll(Footnotes.of(table.anomalies()));
        List<String> prices = table.prices();
        prices.stream().limit(MAX_PRICES).forEach(remarks::add);
        if (prices.size() > MAX_PRICES) {
            remarks.add("prices: " + (prices.size() - MAX_PRICES) + " more bases");
        }
        remarks.forEach(remark -> lines.add("- " + MarkdownText.of(remark)));
        return lines;
    }

    private static String model(List<String> row) {
        List<String> cells = new ArrayList<>(escaped(row));
        cells.set(0, MarkdownText.code(row.get(0), NAME_WIDTH));
        return joined(cells);
    }

    private static List<String> escaped(List<String> cells) {
        return cells.stream().map(MarkdownText::of).toList();
    }

    private static String joined(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
