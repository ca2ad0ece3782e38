package io.github.llmbudget.wire;

import io.github.llmbudget.call.TokenCounts;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A simple way to find the usage of one stream, for comparison. It gets whole lines: a line that arrives in pieces is
 * put together, and nothing else is copied.
 */
abstract class UsageSearch {

    private final ByteArrayOutputStream begunLine = new ByteArrayOutputStream();

    private @Nullable TokenCounts found;

    /** Looks through lines that are complete, each with its end. */
    abstract void searchLines(byte[] bytes, int from, int to);

    final void found(TokenCounts counts) {
        found = counts;
    }

    /** Searches a stream that must hold the usage: a search that finds nothing would be fast. */
    final TokenCounts search(Body stream, TokenCounts expected) {
        stream.sendTo(this::accept);
        if (!expected.equals(found)) {
            throw new IllegalStateException("Expected " + expected + ", but found " + found);
        }
        return expected;
    }

    private void accept(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int from = offset;
        if (begunLine.size() > 0) {
            from = afterLine(bytes, offset, end);
            begunLine.write(bytes, offset, from - offset);
            if (bytes[from - 1] != '\n') {
                return;
            }
            byte[] line = begunLine.toByteArray();
            begunLine.reset();
            searchLines(line, 0, line.length);
        }
        int to = end;
        while (to > from && bytes[to - 1] != '\n') {
            to--;
        }
        searchLines(bytes, from, to);
        begunLine.write(bytes, to, end - to);
    }

    /** Returns where the line at a position is over, or else the end. */
    static int afterLine(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return end;
    }
}
