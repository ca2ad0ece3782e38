package io.github.llmbudget.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the last JSON text of a stream began, up to its first piece of generated text. The events of a stream repeat id,
 * model and much else before each word; what begins with the same bytes need not be walked again.
 */
final class RepeatedBeginning {

    private static final int LONGEST = 2048;

    private byte[] beginning = {};
    private int length;
    private @Nullable FieldPaths[] open = {};
    private boolean[] openArrays = {};
    private int depth;
    private @Nullable FieldPaths value;

    /** Keeps a beginning, and where in the tree of fields it leads. */
    void keep(
            byte[] bytes,
            int from,
            int to,
            @Nullable FieldPaths[] openNow,
            boolean[] openArraysNow,
            int depthNow,
            @Nullable FieldPaths valueNow) {
        length = to - from;
        if (length > LONGEST) {
            length = 0;
            return;
        }
        if (length > beginning.length) {
            beginning = new byte[Math.max(length, LONGEST / 4)];
        }
        System.arraycopy(bytes, from, beginning, 0, length);
        if (depthNow > open.length) {
            open = new FieldPaths[openNow.length];
            openArrays = new boolean[openNow.length];
        }
        System.arraycopy(openNow, 0, open, 0, depthNow);
        System.arraycopy(openArraysNow, 0, openArrays, 0, depthNow);
        depth = depthNow;
        value = valueNow;
    }

    void clear() {
        length = 0;
    }

    /** Tells whether a text begins in the same way. */
    boolean is(byte[] bytes, int from, int to) {
        return length > 0 && to - from >= length && Arrays.equals(bytes, from, from + length, beginning, 0, length);
    }

    int length() {
        return length;
    }

    int depth() {
        return depth;
    }

    @Nullable
    FieldPaths value() {
        return value;
    }

    /** Puts back what was open; the arrays have room for it, for they had before. Most often it still stands there. */
    void reopen(@Nullable FieldPaths[] openNow, boolean[] openArraysNow) {
        for (int i = 0; i < depth; i++) {
            if (openNow[i] != open[i]) {
                openNow[i] = open[i];
            }
            openArraysNow[i] = openArrays[i];
        }
    }
}
