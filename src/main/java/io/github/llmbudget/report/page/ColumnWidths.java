package io.github.llmbudget.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes the columns of the table of tests as wide as the longest of their texts. A browser that is told need not measure
 * all rows, which takes it a second for a thousand of them.
 */
final class ColumnWidths {

    private static final int NAME = 230;
    private static final int MODELS = 120;
    private static final int BAR = 104;
    private static final int MARK = 62;
    private static final int MOST = 150;
    private static final int PADDING = 16;
    private static final double CHARACTER = 7.5;

    /** The columns between the name and the models; each begins with the length of its heading, with its arrow. */
    private int status = 7;

    private int share = 5;
    private int limit = 6;
    private int headroom = 9;
    private final int[] figures = {6, 6, 7, 7, 6};
    private boolean hasMarks;

    void add(TestRow row) {
        status = Math.max(status, row.standing().label().length());
        share = Math.max(share, row.share().length());
        limit = Math.max(limit, row.limit().length());
        headroom = Math.max(headroom, row.headroom().length());
        for (int index = 0; index < figures.length; index++) {
            figures[index] = Math.max(figures[index], row.figures().get(index).length());
        }
        hasMarks |= !row.mark().isEmpty();
    }

    List<Integer> pixels() {
        List<Integer> pixels = new ArrayList<>();
        pixels.add(NAME);
        pixels.add(of(status));
        pixels.add(of(figures[4]));
        pixels.add(BAR + of(share) + (hasMarks ? MARK : 0));
        pixels.add(of(limit));
        pixels.add(of(headroom));
        for (int index = 0; index < 4; index++) {
            pixels.add(of(figures[index]));
        }
        pixels.add(MODELS);
        return pixels;
    }

    /** What is longer still is broken into lines. */
    private static int of(int characters) {
        return Math.min(MOST, (int) Math.ceil(characters * CHARACTER) + PADDING);
    }
}
