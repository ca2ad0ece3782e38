package io.github.llmbudget.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the last JSON text of a stream ended, behind its first piece of generated text, if nothing is told there. The events
 * of a stream end alike as they begin alike.
 */
final class RepeatedEnding {

    private static final int LONGEST = 512;
    private static final int MOST_CLOSED = 8;

    private byte[] ending = {};
    private int length;
    private final @Nullable FieldPaths[] closed = new FieldPaths[MOST_CLOSED];
    private int closedCount;

    void clear() {
        length = 0;
        closedCount = 0;
    }

    /** Notes that a field is closed in the ending that is being read. */
    void closes(FieldPaths field) {
        if (closedCount < MOST_CLOSED) {
            closed[closedCount] = field;
        }
        closedCount++;
    }

    /** Keeps an ending with what was closed in it. */
    void keep(byte[] bytes, int from, int to) {
        if (to - from > LONGEST || closedCount > MOST_CLOSED) {
            clear();
            return;
        }
        length = to - from;
        if (length > ending.length) {
            ending = new byte[LONGEST];
        }
        System.arraycopy(bytes, from, ending, 0, length);
    }

    /** Tells whether a text ends in the same way. */
    boolean is(byte[] bytes, int from, int to) {
        return length > 0 && to - from >= length && Arrays.equals(bytes, from, from + length, ending, 0, length);
    }

    int length() {
        return length;
    }

    /** Tells again what was closed. */
    void close(JsonScanner.Listener listener) {
        for (int i = 0; i < closedCount; i++) {
            FieldPaths field = closed[i];
            if (field != null) {
                listener.closed(field);
            }
        }
    }
}
