package io.github.llmbudget.report.page;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes the columns of the table of tests as wide as the longest of their texts. A browser that is told need not measure
 * all rows, which takes it a second for a thousand of them.
 */
final class ColumnWidths {

    private static final int STATUS = 1;
    private static final int COST = 2;
    private static final int USED = 3;
    private static final int LIMIT = 4;
    private static final int HEADROOM = 5;
    private static final int CALLS = 6;

    /** What is longer still is broken into lines. */
    private static final int MOST = 20;

    private static final int PADDING = 12;
    private static final int BAR = 88;

    /** In digits, at first as the headings need it; names and models have theirs. */
    private final int[] digits = {25, 8, 6, 5, 6, 11, 6, 7, 9, 8, 14};

    void add(TestRow row) {
        widen(STATUS, row.standing().label());
        widen(COST, row.figures().get(4));
        widen(USED, row.share());
        widen(LIMIT, row.limit());
        widen(HEADROOM, row.headroom());
        for (int figure = 0; figure < 4; figure++) {
            widen(CALLS + figure, row.figures().get(figure));
        }
    }

    private void widen(int column, String text) {
        int wide = text.startsWith(">=") || text.startsWith("<=") ? 1 : 0; // These signs are wider than digits.
        digits[column] = Math.max(digits[column], Math.min(MOST, text.length() + wide));
    }

    /** Returns the rules of the style, a line a column. */
    String style() {
        return IntStream.range(0, digits.length)
                .mapToObj(column -> "#budget col:nth-child(" + (column + 1) + ") { width: calc(" + digits[column]
                        + "ch + " + (column == USED ? BAR + PADDING : PADDING) + "px); }")
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
