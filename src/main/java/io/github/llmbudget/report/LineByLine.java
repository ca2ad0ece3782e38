package io.github.llmbudget.report;

import java.io.IOException;
import java.io.Reader;

/** Reads a text line by line, each as a text of its own: a line can be longer than what fits into memory. */
final class LineByLine extends Reader {

    private static final int BUFFER = 1 << 13;
    private static final char END_OF_LINE = '\n';

    private final Reader text;
    private final char[] buffer = new char[BUFFER];
    private int position;
    private int limit;
    private boolean isAtEnd = true;

    LineByLine(Reader text) {
        this.text = text;
    }

    /**
     * Goes on to the next line, whatever was read of the one before.
     *
     * @return whether there is one
     */
    boolean next() throws IOException {
        while (hasMore()) {
            take(buffer.length);
        }
        isAtEnd = !fill();
        return !isAtEnd;
    }

    @Override
    public int read(char[] to, int offset, int most) throws IOException {
        if (!hasMore()) {
            return -1;
        }
        int from = position;
        int length = take(most);
        System.arraycopy(buffer, from, to, offset, length);
        return length == 0 ? -1 : length;
    }

    private boolean hasMore() throws IOException {
        isAtEnd = isAtEnd || !fill();
        return !isAtEnd;
    }

    /** Passes characters of this line and, behind the last one, its end. */
    private int take(int most) {
        int from = position;
        int end = Math.min(limit, from + most);
        while (position < end && buffer[position] != END_OF_LINE) {
            position++;
        }
        int length = position - from;
        if (position < end) {
            position++;
            isAtEnd = true;
        }
        return length;
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(text.read(buffer), 0);
        }
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
