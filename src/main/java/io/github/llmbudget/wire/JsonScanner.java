package io.github.llmbudget.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Walks a JSON text byte by byte, as it arrives, and reports the fields a {@link FieldPaths} asks for. What nobody asks
 * for is skipped without being decoded, so memory does not grow with the text. A text that is not JSON yields nothing.
 */
final class JsonScanner {

    /** Takes what was found. */
    interface Listener {

        /** An object begins that is a field as a whole. */
        void opened(Field field);

        /** A string, number or boolean stands at a field; {@code null} is never reported. */
        void value(Field field, String value);

        /** The object that began with {@link #opened} is complete. */
        void closed(Field field);
    }

    private enum State {
        BEFORE_VALUE,
        AFTER_VALUE,
        BEFORE_KEY,
        IN_KEY,
        BEFORE_COLON,
        IN_STRING,
        IN_LITERAL,
        SKIPPING,
        SKIPPING_STRING,
        DONE
    }

    private record Container(@Nullable FieldPaths paths, boolean array) {}

    private final FieldPaths root;
    private final Listener listener;
    private final Deque<Container> open = new ArrayDeque<>();
    private final ByteArrayOutputStream token = new ByteArrayOutputStream();

    private State state = State.BEFORE_VALUE;
    private @Nullable FieldPaths value;
    private boolean escaped;
    private boolean objectSeen;
    private int skippedDepth;

    JsonScanner(FieldPaths root, Listener listener) {
        this.root = root;
        this.listener = listener;
        this.value = root;
    }

    /** Forgets the text so far; the next byte begins another one. */
    void reset() {
        open.clear();
        token.reset();
        state = State.BEFORE_VALUE;
        value = root;
        escaped = false;
        skippedDepth = 0;
    }

    /** Tells whether the outermost object or array is closed. */
    boolean isDone() {
        return state == State.DONE;
    }

    /** Tells whether any text so far held an object, reset or not. */
    boolean hasSeenObject() {
        return objectSeen;
    }

    void accept(byte next) {
        switch (state) {
            case BEFORE_VALUE -> beginValue(next);
            case AFTER_VALUE -> afterValue(next);
            case BEFORE_KEY -> beforeKey(next);
            case IN_KEY -> inKey(next);
            case BEFORE_COLON -> {
                if (next == ':') {
                    state = State.BEFORE_VALUE;
                }
            }
            case IN_STRING -> inString(next);
            case IN_LITERAL -> inLiteral(next);
            case SKIPPING -> skip(next);
            case SKIPPING_STRING -> {
                if (endsString(next)) {
                    state = skippedDepth > 0 ? State.SKIPPING : State.AFTER_VALUE;
                }
            }
            case DONE -> {
                // What follows the outermost value is not part of it.
            }
        }
    }

    private void beginValue(byte next) {
        if (isBlank(next)) {
            return;
        }
        switch (next) {
            case '{', '[' -> beginContainer(next == '[');
            case ']' -> endContainer();
            case '"' -> {
                token.reset();
                state = isWanted() ? State.IN_STRING : State.SKIPPING_STRING;
            }
            default -> {
                token.reset();
                token.write(next);
                state = State.IN_LITERAL;
            }
        }
    }

    private void beginContainer(boolean array) {
        objectSeen |= !array;
        FieldPaths paths = value;
        if (paths == null || paths.isLeaf()) {
            skippedDepth = 1;
            state = State.SKIPPING;
            if (paths != null && paths.field() != null) {
                // A field that may be text or object is told of by its presence.
                listener.opened(paths.field());
            }
            return;
        }
        open.push(new Container(paths, array));
        if (paths.field() != null && !array) {
            listener.opened(paths.field());
        }
        if (array) {
            value = paths.child(FieldPaths.ELEMENT);
            state = State.BEFORE_VALUE;
        } else {
            state = State.BEFORE_KEY;
        }
    }

    private void endContainer() {
        if (open.isEmpty()) {
            state = State.DONE;
            return;
        }
        Container closed = open.pop();
        FieldPaths paths = closed.paths();
        if (paths != null && paths.field() != null && !closed.array()) {
            listener.closed(paths.field());
        }
        state = open.isEmpty() ? State.DONE : State.AFTER_VALUE;
    }

    private void afterValue(byte next) {
        switch (next) {
            case ',' -> {
                Container container = open.peek();
                if (container == null) {
                    state = State.DONE;
                } else if (container.array()) {
                    value = container.paths() == null ? null : container.paths().child(FieldPaths.ELEMENT);
                    state = State.BEFORE_VALUE;
                } else {
                    state = State.BEFORE_KEY;
                }
            }
            case '}', ']' -> endContainer();
            default -> {
                // White space, or not JSON.
            }
        }
    }

    private void beforeKey(byte next) {
        if (next == '"') {
            token.reset();
            state = State.IN_KEY;
        } else if (next == '}') {
            endContainer();
        }
    }

    private void inKey(byte next) {
        if (endsString(next)) {
            Container container = open.peek();
            value = container == null || container.paths() == null
                    ? null
                    : container.paths().child(decode(token));
            state = State.BEFORE_COLON;
        } else {
            token.write(next);
        }
    }

    private void inString(byte next) {
        if (endsString(next)) {
            report(decode(token));
            state = State.AFTER_VALUE;
        } else {
            token.write(next);
        }
    }

    private void inLiteral(byte next) {
        if (next == ',' || next == '}' || next == ']' || isBlank(next)) {
            String literal = token.toString(StandardCharsets.UTF_8);
            if (isWanted() && !literal.equals("null")) {
                report(literal);
            }
            state = State.AFTER_VALUE;
            afterValue(next);
        } else {
            token.write(next);
        }
    }

    private void skip(byte next) {
        switch (next) {
            case '"' -> state = State.SKIPPING_STRING;
            case '{', '[' -> skippedDepth++;
            case '}', ']' -> {
                skippedDepth--;
                if (skippedDepth == 0) {
                    state = open.isEmpty() ? State.DONE : State.AFTER_VALUE;
                }
            }
            default -> {
                // Nobody asks for it.
            }
        }
    }

    private boolean endsString(byte next) {
        if (escaped) {
            escaped = false;
            return false;
        }
        if (next == '\\') {
            escaped = true;
            return false;
        }
        return next == '"';
    }

    private boolean isWanted() {
        return value != null && value.field() != null;
    }

    private void report(String text) {
        if (value != null && value.field() != null) {
            listener.value(value.field(), text);
        }
    }

    private static boolean isBlank(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    private static String decode(ByteArrayOutputStream raw) {
        String text = raw.toString(StandardCharsets.UTF_8);
        int escape = text.indexOf('\\');
        if (escape < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int from = 0;
        while (escape >= 0 && escape + 1 < text.length()) {
            decoded.append(text, from, escape);
            char kind = text.charAt(escape + 1);
            from = escape + 2;
            switch (kind) {
                case 'n' -> decoded.append('\n');
                case 't' -> decoded.append('\t');
                case 'r' -> decoded.append('\r');
                case 'b' -> decoded.append('\b');
                case 'f' -> decoded.append('\f');
                case 'u' -> {
                    int end = Math.min(from + 4, text.length());
                    decoded.append(codeUnit(text.substring(from, end)));
                    from = end;
                }
                default -> decoded.append(kind);
            }
            escape = text.indexOf('\\', from);
        }
        return decoded.append(text, from, text.length()).toString();
    }

    private static char codeUnit(String hex) {
        try {
            return (char) Integer.parseInt(hex, 16);
        } catch (NumberFormatException e) {
            return '\uFFFD';
        }
    }
}
