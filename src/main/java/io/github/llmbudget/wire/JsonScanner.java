package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks JSON texts as their bytes arrive and reports the fields that a {@link FieldPaths} asks for. What nobody asks for
 * is skipped without being decoded or kept, so neither time nor memory is spent on it. Bytes that are not JSON yield
 * nothing.
 *
 * <p>An outermost array is taken as a sequence of texts, one an element: some services send a stream that way.
 */
final class JsonScanner {

    /** Takes what was found. */
    interface Listener {

        /** An object begins that is a field as a whole; for a field with no paths below it, an object or an array. */
        void opened(FieldPaths at);

        /** A string, number or boolean stands at a field; {@code null} is never reported. */
        void value(FieldPaths at, JsonToken value);

        /** The next piece of a text, escapes and all. */
        void text(FieldPaths at, byte[] bytes, int offset, int length);

        /** An object that began with {@link #opened} is complete. */
        void closed(FieldPaths at);

        /**
         * The first text of a JSON text is about to come. What was found before it may be found again, for many events
         * of a stream begin alike.
         *
         * @return whether {@link #repeated} can restore it
         */
        boolean marked();

        /** A JSON text begins as the one that was marked last, up to the same place. None of that is reported again. */
        void repeated();

        /** A JSON text is over: it is complete, or broke off. */
        void ended(boolean complete);
    }

    // What the next byte is. Numbers, for this changes with nearly each token: to store a constant of an enum takes a
    // collector like G1 longer than to read the token.
    private static final int BEFORE_VALUE = 0;
    private static final int AFTER_VALUE = 1;
    private static final int BEFORE_KEY = 2;
    private static final int IN_KEY = 3;
    private static final int BEFORE_COLON = 4;
    private static final int IN_TEXT = 5;
    private static final int IN_STRING = 6;
    private static final int IN_LITERAL = 7;
    private static final int SKIPPING = 8;
    private static final int SKIPPING_STRING = 9;
    private static final int DONE = 10;

    /** Not in the bytes at hand. */
    private static final int ELSEWHERE = -1;

    /** Longer keys and values are read no further: no field that anybody asks for is that long. */
    private static final int LONGEST_TOKEN = 4096;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST_BITS = ONES << 7;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private static final boolean[] SPACE_IN_LINE = bytesOf(" \t");
    private static final boolean[] SPACE_IN_TEXT = bytesOf(" \t\n\r");
    private static final boolean[] ENDS_STRING_RUN = bytesOf("\"\\\n\r");
    private static final boolean[] ENDS_SKIPPED_RUN = bytesOf("\"{}[]\n\r");
    private static final boolean[] ENDS_LITERAL = bytesOf(",}] \t\n\r");

    private final FieldPaths root;
    private final Listener listener;
    private final JsonToken token = new JsonToken();

    private @Nullable FieldPaths[] open = new FieldPaths[16];
    private boolean[] openArrays = new boolean[16];
    private int depth;
    private boolean outerArray;

    private final RepeatedBeginning beginning = new RepeatedBeginning();
    private int textBegan = ELSEWHERE;
    private final RepeatedEnding ending = new RepeatedEnding();
    private int endingBegan = ELSEWHERE;
    private boolean inMarkedText;

    private byte[] carried = new byte[64];
    private int carriedLength;

    private boolean[] space = SPACE_IN_LINE;
    private int state = BEFORE_VALUE;
    private @Nullable FieldPaths value;
    private boolean escaped;
    private boolean escapes;
    private boolean begun;
    private boolean objectSeen;
    private int skippedDepth;

    JsonScanner(FieldPaths root, Listener listener) {
        this.root = root;
        this.listener = listener;
        this.value = root;
    }

    /** Ends the text so far, complete or not; the next byte begins another one. */
    void reset() {
        if (begun) {
            begun = false;
            listener.ended(false);
        }
        depth = 0;
        outerArray = false;
        carriedLength = 0;
        state = BEFORE_VALUE;
        value = root;
        escaped = false;
        skippedDepth = 0;
        inMarkedText = false;
    }

    /** Becomes as good as new, for another body. */
    void clear() {
        begun = false;
        reset();
        objectSeen = false;
        escapes = false;
        textBegan = ELSEWHERE;
        token.clear();
        beginning.clear();
        ending.clear();
    }

    /** Tells whether the outermost object or array is closed. */
    boolean isDone() {
        return state == DONE;
    }

    /** Tells whether the outermost value is an array of texts. */
    boolean isOuterArray() {
        return outerArray;
    }

    /** Tells whether any text so far held an object. */
    boolean hasSeenObject() {
        return objectSeen;
    }

    /**
     * Takes bytes up to the next line end, which is left to the caller. What follows a complete text is left too.
     *
     * @return where the first byte stands that was not taken, {@code to} if all were
     */
    int acceptLine(byte[] bytes, int from, int to) {
        spaceIs(SPACE_IN_LINE);
        return accept(bytes, from, to);
    }

    /**
     * Takes bytes of a text that has lines as it likes. What follows a complete text is left to the caller.
     *
     * @return where the first byte stands that was not taken, {@code to} if all were
     */
    int acceptText(byte[] bytes, int from, int to) {
        spaceIs(SPACE_IN_TEXT);
        return accept(bytes, from, to);
    }

    private void spaceIs(boolean[] bytes) {
        if (space != bytes) {
            space = bytes;
        }
    }

    private int accept(byte[] bytes, int from, int to) {
        int at = from;
        textBegan = ELSEWHERE;
        endingBegan = ELSEWHERE;
        while (at < to) {
            byte next = bytes[at];
            if (isLineEnd(next)) {
                if (state == IN_LITERAL) {
                    readLiteral(bytes, at, to);
                }
                if (space == SPACE_IN_LINE) {
                    return at;
                }
                at++;
                continue;
            }
            switch (state) {
                case BEFORE_KEY -> at = beforeKey(bytes, at, to);
                case BEFORE_VALUE -> at = depth == 0 ? begin(bytes, at, to) : beginValue(bytes, at, to);
                case AFTER_VALUE -> at = afterValue(bytes, at, to);
                case SKIPPING -> at = skip(bytes, at, to);
                case SKIPPING_STRING -> at = skipString(bytes, at, to);
                case IN_TEXT -> at = readText(bytes, at, to);
                case IN_KEY, IN_STRING -> at = readString(bytes, at, to);
                case IN_LITERAL -> at = readLiteral(bytes, at, to);
                case BEFORE_COLON -> {
                    state = next == ':' ? BEFORE_VALUE : BEFORE_COLON;
                    at++;
                }
                default -> {
                    return at;
                }
            }
        }
        return at;
    }

    /** Reads as many members as are whole in the bytes, for that is how nearly all of them come. */
    private int beforeKey(byte[] bytes, int from, int to) {
        int at = endOfSpace(bytes, from, to);
        while (at < to && bytes[at] == '"') {
            carriedLength = 0;
            escapes = false;
            state = IN_KEY;
            at = readString(bytes, at + 1, to);
            if (state != BEFORE_COLON || at >= to || bytes[at] != ':') {
                return at;
            }
            state = BEFORE_VALUE;
            at = endOfSpace(bytes, at + 1, to);
            if (at < to && !isLineEnd(bytes[at])) {
                at = beginValue(bytes, at, to);
            }
            if (state != AFTER_VALUE || at >= to || bytes[at] != ',') {
                return at;
            }
            at = endOfSpace(bytes, afterValue(bytes, at, to), to);
        }
        if (at == to) {
            return at;
        }
        if (bytes[at] == '}') {
            endContainer(bytes, at);
        }
        return isLineEnd(bytes[at]) ? at : at + 1;
    }

    /** Begins a JSON text, or goes on where its beginning leads if the one before began in the same way. */
    private int begin(byte[] bytes, int from, int to) {
        textBegan = from;
        if (!beginning.is(bytes, from, to)) {
            return beginValue(bytes, from, to);
        }
        beginning.reopen(open, openArrays);
        depth = beginning.depth();
        value = beginning.value();
        state = IN_TEXT;
        begun = true;
        textBegan = ELSEWHERE;
        inMarkedText = true;
        listener.repeated();
        return from + beginning.length();
    }

    private int beginValue(byte[] bytes, int from, int to) {
        byte next = bytes[from];
        switch (next) {
            case ' ', '\t' -> {
                return endOfSpace(bytes, from + 1, to);
            }
            case '{', '[' -> beginContainer(next == '[');
            case ']' -> endContainer(bytes, from);
            case '"' -> {
                carriedLength = 0;
                AnswerField field = value == null ? null : value.field();
                if (field == null) {
                    state = SKIPPING_STRING;
                    return skipString(bytes, from + 1, to);
                }
                if (field.isText()) {
                    beginText(bytes, from + 1);
                    return readText(bytes, from + 1, to);
                }
                state = IN_STRING;
                return readString(bytes, from + 1, to);
            }
            default -> {
                carriedLength = 0;
                state = IN_LITERAL;
                return readLiteral(bytes, from, to);
            }
        }
        return from + 1;
    }

    private void beginContainer(boolean array) {
        if (depth == 0) {
            outerArray = array;
        }
        objectSeen |= !array;
        FieldPaths paths = value;
        boolean outermost = depth == 0 && array;
        if (paths == null || paths.isLeaf() || (array && !outermost && paths.element() == null)) {
            skippedDepth = 1;
            state = SKIPPING;
            if (paths != null && paths.isLeaf() && paths.field() != null) {
                begun = true;
                endingBegan = ELSEWHERE;
                listener.opened(paths);
            }
            return;
        }
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
            openArrays = Arrays.copyOf(openArrays, depth * 2);
        }
        open[depth] = paths;
        openArrays[depth] = array;
        depth++;
        if (array) {
            value = outermost ? root : paths.element();
            state = BEFORE_VALUE;
        } else {
            begun = true;
            state = BEFORE_KEY;
            if (paths.field() != null) {
                endingBegan = ELSEWHERE;
                listener.opened(paths);
            }
        }
    }

    private void endContainer(byte[] bytes, int at) {
        if (depth > 0) {
            depth--;
            FieldPaths closed = open[depth];
            if (!openArrays[depth] && closed != null && closed.field() != null) {
                if (endingBegan != ELSEWHERE) {
                    ending.closes(closed);
                }
                listener.closed(closed);
            }
        }
        if (depth == 0 && endingBegan != ELSEWHERE) {
            ending.keep(bytes, endingBegan, at + 1);
            endingBegan = ELSEWHERE;
        }
        state = depth == 0 ? DONE : AFTER_VALUE;
        if (begun && (depth == 0 || (depth == 1 && outerArray))) {
            begun = false;
            listener.ended(true);
        }
    }

    private int afterValue(byte[] bytes, int at, int to) {
        switch (bytes[at]) {
            case ',' -> {
                if (depth == 0) {
                    state = DONE;
                } else if (openArrays[depth - 1]) {
                    FieldPaths array = open[depth - 1];
                    value = depth == 1 && outerArray ? root : array == null ? null : array.element();
                    state = BEFORE_VALUE;
                } else {
                    state = BEFORE_KEY;
                }
            }
            case '}', ']' -> endContainer(bytes, at);
            default -> {
                // White space, or not JSON.
                return endOfSpace(bytes, at + 1, to);
            }
        }
        return at + 1;
    }

    /** Reads a key or a wanted value that is a string; only one that is cut by the end of the bytes is copied. */
    private int readString(byte[] bytes, int from, int to) {
        int end = endOfString(bytes, from, to);
        if (end < to && bytes[end] == '"') {
            if (carriedLength == 0) {
                endString(bytes, from, Math.min(end - from, LONGEST_TOKEN));
            } else {
                carry(bytes, from, end);
                endString(carried, 0, carriedLength);
            }
            return end + 1;
        }
        carry(bytes, from, end);
        return end;
    }

    private void endString(byte[] bytes, int offset, int length) {
        if (state == IN_KEY) {
            FieldPaths object = depth == 0 ? null : open[depth - 1];
            value = object == null ? null : childOf(object, bytes, offset, length);
            state = BEFORE_COLON;
        } else {
            state = AFTER_VALUE;
            if (value != null) {
                endingBegan = ELSEWHERE;
                listener.value(value, token.at(bytes, offset, length, true));
            }
        }
    }

    private @Nullable FieldPaths childOf(FieldPaths object, byte[] bytes, int offset, int length) {
        if (!escapes) {
            return object.child(bytes, offset, length);
        }
        byte[] key =
                JsonText.unescaped(new String(bytes, offset, length, UTF_8)).getBytes(UTF_8);
        return object.child(key, 0, key.length);
    }

    private void beginText(byte[] bytes, int at) {
        state = IN_TEXT;
        endingBegan = ELSEWHERE;
        if (textBegan != ELSEWHERE && !outerArray && listener.marked()) {
            beginning.keep(bytes, textBegan, at, open, openArrays, depth, value);
            ending.clear();
            inMarkedText = true;
        }
        textBegan = ELSEWHERE;
    }

    private int readText(byte[] bytes, int from, int to) {
        int end = endOfString(bytes, from, to);
        if (end > from && value != null) {
            listener.text(value, bytes, from, end - from);
        }
        if (end < to && bytes[end] == '"') {
            state = AFTER_VALUE;
            return inMarkedText ? afterMarkedText(bytes, end + 1, to) : end + 1;
        }
        return end;
    }

    /** Ends a JSON text at once if it goes on as the one before did; else sees how it ends. */
    private int afterMarkedText(byte[] bytes, int from, int to) {
        inMarkedText = false;
        if (!ending.is(bytes, from, to)) {
            ending.clear();
            endingBegan = from;
            return from;
        }
        depth = 0;
        state = DONE;
        begun = false;
        ending.close(listener);
        listener.ended(true);
        return from + ending.length();
    }

    private int skipString(byte[] bytes, int from, int to) {
        int end = endOfString(bytes, from, to);
        if (end < to && bytes[end] == '"') {
            state = skippedDepth > 0 ? SKIPPING : AFTER_VALUE;
            return end + 1;
        }
        return end;
    }

    /** Skips white space: often none, else the end of a line and what indents the next one. */
    private int endOfSpace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && space[bytes[at] & 0xFF]) {
            at = endOfIndent(bytes, at + 1, to);
        }
        return at;
    }

    private static int endOfIndent(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to) {
            long others = (long) EIGHT_BYTES.get(bytes, at) ^ SPACES;
            if (others != 0) {
                return at + Long.numberOfTrailingZeros(others) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        return at;
    }

    /** Finds the quote that ends a string, or else the end of the line or of the bytes. */
    private int endOfString(byte[] bytes, int from, int to) {
        int at = from;
        if (escaped && at < to) {
            escaped = false;
            at++;
        }
        while (true) {
            at = endOfRun(bytes, at, to);
            if (at == to || bytes[at] != '\\') {
                return at;
            }
            escapes = true;
            if (at + 1 == to || isLineEnd(bytes[at + 1])) {
                escaped = true;
                return at + 1;
            }
            at += 2;
        }
    }

    /** Finds the next quote, backslash or line end, eight bytes at a time. */
    private static int endOfRun(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to) {
            long eight = (long) EIGHT_BYTES.get(bytes, at);
            long quotes = eight ^ QUOTES;
            long backslashes = eight ^ BACKSLASHES;
            // In each of the three the highest bit of a byte is set where the byte, or one before it, is meant.
            long found =
                    (((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | ((eight - SPACES) & ~eight))
                            & HIGHEST_BITS;
            if (found == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Long.numberOfTrailingZeros(found) / Byte.SIZE;
            if (ENDS_STRING_RUN[bytes[at] & 0xFF]) {
                return at;
            }
            at++;
        }
        while (at < to && !ENDS_STRING_RUN[bytes[at] & 0xFF]) {
            at++;
        }
        return at;
    }

    private int readLiteral(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && !ENDS_LITERAL[bytes[end] & 0xFF]) {
            end++;
        }
        boolean wanted = value != null && value.field() != null;
        if (end == to) {
            if (wanted) {
                carry(bytes, from, end);
            }
            return end;
        }
        state = AFTER_VALUE;
        if (wanted && value != null) {
            if (carriedLength == 0) {
                token.at(bytes, from, Math.min(end - from, LONGEST_TOKEN), false);
            } else {
                carry(bytes, from, end);
                token.at(carried, 0, carriedLength, false);
            }
            if (!token.isNull()) {
                endingBegan = ELSEWHERE;
                listener.value(value, token);
            }
        }
        return end;
    }

    private int skip(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !ENDS_SKIPPED_RUN[bytes[at] & 0xFF]) {
            at++;
        }
        if (at == to) {
            return at;
        }
        switch (bytes[at]) {
            case '"' -> {
                state = SKIPPING_STRING;
                return skipString(bytes, at + 1, to);
            }
            case '{', '[' -> skippedDepth++;
            case '}', ']' -> {
                skippedDepth--;
                if (skippedDepth == 0) {
                    state = depth == 0 ? DONE : AFTER_VALUE;
                }
            }
            default -> {
                // The end of the line, which is the caller's.
                return at;
            }
        }
        return at + 1;
    }

    private void carry(byte[] bytes, int from, int to) {
        int length = Math.min(to - from, LONGEST_TOKEN - carriedLength);
        if (carriedLength + length > carried.length) {
            carried = Arrays.copyOf(carried, Math.max(carriedLength + length, 2 * carried.length));
        }
        System.arraycopy(bytes, from, carried, carriedLength, length);
        carriedLength += length;
    }

    static boolean isWhiteSpace(byte next) {
        return next == ' ' || next == '\t' || isLineEnd(next);
    }

    static boolean isLineEnd(byte next) {
        return next == '\n' || next == '\r';
    }

    private static boolean[] bytesOf(String characters) {
        boolean[] set = new boolean[256];
        characters.chars().forEach(character -> set[character] = true);
        return set;
    }
}
