package io.github.llmbudget.report;

import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.budget.TextWidth;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Lays out a line for each test, and below them the sums of each model in the same columns. */
final class ConsoleTable {

    private static final int MAX_TESTS = 100;
    private static final int MAX_MODELS = 10;
    private static final int MIN_NAME = 12;
    private static final int LEAST_OF_A_NAME = 4;
    private static final int MAX_NAME = 48;
    private static final int GAP = 2;
    private static final int GAP_BEFORE_BAR = 1;

    /** The columns: a mark, the name, numbers, and a bar. */
    private static final int NAME = 1;

    /** The number that is missed least. */
    private static final int CACHED = 4;

    private final UsageReport report;
    private final UsageTable table;
    private final Charset charset;
    private final Glyphs glyphs;
    private final Colouring colouring;
    private final int width;

    ConsoleTable(UsageReport report, Charset charset, Colouring colouring, int width) {
        this.report = report;
        this.table = new UsageTable(report);
        this.charset = charset;
        this.glyphs = Glyphs.of(charset);
        this.colouring = colouring;
        this.width = width;
    }

    List<String> lines() {
        List<TestUsage> tests = shown();
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("", UsageTable.HEAD));
        tests.forEach(test -> rows.add(row(glyphs.mark(Standing.of(test)), table.row(test))));
        rows.add(row("", UsageTable.MODEL_HEAD));
        table.modelRows(MAX_MODELS).forEach(model -> rows.add(row("", model)));
        rows.add(row("", table.totalRow()));
        fitNames(rows);
        List<String> laidOut = new TextTable(NAME + 1).lines(rows);
        List<String> lines = new ArrayList<>(laidOut.subList(0, 1));
        for (int index = 0; index < tests.size(); index++) {
            lines.add(decorated(laidOut.get(index + 1), tests.get(index)));
        }
        lines.addAll(more(tests));
        lines.add("");
        lines.addAll(laidOut.subList(tests.size() + 1, laidOut.size()));
        return lines;
    }

    /** All tests in their order; where they are too many, those that need a look and the dearest. */
    private List<TestUsage> shown() {
        List<TestUsage> tests = report.tests();
        return tests.size() <= MAX_TESTS
                ? tests
                : tests.stream()
                        .sorted(Comparator.comparing((TestUsage test) -> Standing.of(test))
                                .thenComparing(UsageTable.DEAREST_FIRST))
                        .limit(MAX_TESTS)
                        .toList();
    }

    private List<String> more(List<TestUsage> shown) {
        int left = report.tests().size() - shown.size();
        if (left == 0) {
            return List.of();
        }
        long unseen = report.tests().stream()
                        .filter(test -> Standing.of(test).needsALook())
                        .count()
                - shown.stream().filter(test -> Standing.of(test).needsALook()).count();
        return List.of("... and " + TextTable.count(left) + " more in the report"
                + (unseen > 0 ? ", " + TextTable.count(unseen) + " of them to be looked at" : ""));
    }

    private List<String> row(String mark, List<String> cells) {
        return new ArrayList<>(Stream.concat(
                        Stream.of(mark), cells.stream().map(cell -> PlainText.encodable(cell, charset)))
                .toList());
    }

    /** Names give way where the numbers are wide, and after them a number does. */
    private void fitNames(List<List<String>> rows) {
        if (roomForNames(rows) < MIN_NAME) {
            rows.forEach(row -> row.remove(CACHED));
        }
        int room = Math.max(LEAST_OF_A_NAME, Math.min(roomForNames(rows), MAX_NAME));
        rows.forEach(row -> row.set(NAME, PlainText.end(row.get(NAME), room)));
    }

    private int roomForNames(List<List<String>> rows) {
        int left = width - barWidth();
        for (int column = 0; column < rows.get(0).size(); column++) {
            int numbers = column;
            if (column != NAME) {
                left -= GAP
                        + rows.stream()
                                .filter(row -> row.size() > numbers)
                                .mapToInt(row -> TextWidth.of(row.get(numbers)))
                                .max()
                                .orElse(0);
            }
        }
        return left;
    }

    private int barWidth() {
        return GAP_BEFORE_BAR + TextWidth.of(glyphs.emptyBar());
    }

    /** Colours and the bar come last: the layout must not count colours, and a bar only stands where it has room. */
    private String decorated(String line, TestUsage test) {
        Standing standing = Standing.of(test);
        String mark = glyphs.mark(standing);
        String bar = test.tightest()
                .filter(limit -> !limit.isUnknown())
                .map(glyphs::bar)
                .filter(drawn -> TextWidth.of(line) + barWidth() <= width)
                .map(drawn -> " ".repeat(GAP_BEFORE_BAR) + colouring.paint(standing, drawn))
                .orElse("");
        return colouring.paint(standing, mark) + line.substring(mark.length()) + bar;
    }
}
