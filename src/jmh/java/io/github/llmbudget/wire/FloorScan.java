package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Looks for the name of the usage object and parses only the event around it: about the least that can be done by
 * looking at every byte. A text that quotes the name costs it a parse.
 */
final class FloorScan extends UsageSearch {

    private static final byte[] MARK = "\"usage\":{".getBytes(US_ASCII);

    @Override
    void searchLines(byte[] bytes, int from, int to) {
        int end = afterMark(bytes, from, to);
        while (end >= 0) {
            end = afterMark(bytes, parseLineAround(bytes, from, end, to), to);
        }
    }

    /** Returns where the next mark is over, -1 if there is none. */
    private static int afterMark(byte[] bytes, int from, int to) {
        for (int end = from + MARK.length; end <= to; end++) {
            // The brace that ends the mark is far rarer than the quotation mark that begins it.
            if (bytes[end - 1] == '{' && Arrays.equals(bytes, end - MARK.length, end, MARK, 0, MARK.length)) {
                return end;
            }
        }
        return -1;
    }

    /** Parses the line that a position is in, and returns where it is over. */
    private int parseLineAround(byte[] bytes, int from, int position, int to) {
        int start = position;
        while (start > from && bytes[start - 1] != '\n') {
            start--;
        }
        start += EventSearch.DATA.length();
        int end = afterLine(bytes, position, to);
        UsageTree.countsIn(new String(bytes, start, end - start, UTF_8)).ifPresent(this::found);
        return end;
    }
}
