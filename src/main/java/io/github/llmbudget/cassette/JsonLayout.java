package io.github.llmbudget.cassette;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a JSON text has its white space. A body is shown in the layout of the cassette and given back in its own; names,
 * numbers and texts keep their spelling.
 */
final class JsonLayout {

    private static final int ON_ONE_LINE = -1;
    private static final int TABBED = -2;

    /** The layout of what no layout is noted for. */
    static final JsonLayout COMPACT = new JsonLayout("compact", ON_ONE_LINE, false, "");

    /** The layout of the cassette itself: rows of numbers, as vectors are, are no lines of their own. */
    private static final JsonLayout SHOWN = new JsonLayout("shown", 2, true, "");

    private static final Map<String, JsonLayout> LAYOUTS = Map.ofEntries(
            entry(COMPACT),
            entry(new JsonLayout("compact, line end", ON_ONE_LINE, false, "\n")),
            entry(new JsonLayout("spaced", ON_ONE_LINE, true, "")),
            entry(new JsonLayout("spaced, line end", ON_ONE_LINE, true, "\n")),
            entry(new JsonLayout("indented", 2, true, "")),
            entry(new JsonLayout("indented, line end", 2, true, "\n")),
            entry(new JsonLayout("indented by 4", 4, true, "")),
            entry(new JsonLayout("indented by 4, line end", 4, true, "\n")),
            entry(new JsonLayout("tabbed", TABBED, true, "")),
            entry(new JsonLayout("tabbed, line end", TABBED, true, "\n")));

    private final String name;
    private final int indent;
    private final boolean spaced;
    private final String atEnd;

    private JsonLayout(String name, int indent, boolean spaced, String atEnd) {
        this.name = name;
        this.indent = indent;
        this.spaced = spaced;
        this.atEnd = atEnd;
    }

    private static Map.Entry<String, JsonLayout> entry(JsonLayout layout) {
        return Map.entry(layout.name, layout);
    }

    static @Nullable JsonLayout named(String name) {
        return LAYOUTS.get(name);
    }

    static Set<String> names() {
        return new TreeSet<>(LAYOUTS.keySet());
    }

    /** Finds the layout of an object or array, if it has one of these. */
    static Optional<JsonLayout> of(byte[] json) {
        if (!JsonCursor.isObjectOrArray(json, 0, json.length)) {
            return Optional.empty();
        }
        return LAYOUTS.values().stream()
                .filter(layout -> layout.mayBeOf(json))
                .filter(layout -> Arrays.equals(layout.write(json, 0, json.length), json))
                // Some texts, such as [], are the same in several layouts.
                .min((one, other) -> one == COMPACT ? -1 : other == COMPACT ? 1 : one.name.compareTo(other.name));
    }

    /** A look at both ends, which most layouts do not pass. */
    private boolean mayBeOf(byte[] json) {
        boolean lineEnd = json[json.length - 1] == '\n';
        boolean lines = json[1] == '\n';
        return lineEnd == !atEnd.isEmpty() && (lines == (indent != ON_ONE_LINE) || json.length < 4);
    }

    String name() {
        return name;
    }

    byte[] write(byte[] json, int from, int to) {
        ByteBuilder out = new ByteBuilder((to - from) * (indent == ON_ONE_LINE ? 1 : 2));
        write(json, from, to, 0, out);
        return out.append(atEnd).toBytes();
    }

    /** Writes a text as it is shown in a cassette, the first line of it where the last one ended. */
    static void show(byte[] json, int from, int to, int level, ByteBuilder out) {
        SHOWN.write(json, from, to, level, out);
    }

    /** The text must be JSON: nothing is checked here. */
    private void write(byte[] json, int from, int to, int outerLevel, ByteBuilder out) {
        int level = outerLevel;
        int i = from;
        while (i < to) {
            int begin = i;
            byte next = json[i++];
            switch (next) {
                case '"' -> {
                    i = afterString(json, i);
                    out.append(json, begin, i);
                }
                case '{', '[' -> {
                    int close = afterBlanks(json, i, to);
                    int row = this == SHOWN && next == '[' ? endOfRow(json, i, to) : -1;
                    if (row >= 0) {
                        writeRow(json, begin, row, out);
                        i = row;
                    } else if (json[close] == '}' || json[close] == ']') {
                        out.append(next).append(json[close]);
                        i = close + 1;
                    } else {
                        out.append(next);
                        line(++level, out);
                    }
                }
                case '}', ']' -> {
                    line(--level, out);
                    out.append(next);
                }
                case ',' -> {
                    out.append(next);
                    if (indent != ON_ONE_LINE) {
                        line(level, out);
                    } else if (spaced) {
                        out.append(' ');
                    }
                }
                case ':' -> {
                    out.append(next);
                    if (spaced) {
                        out.append(' ');
                    }
                }
                case ' ', '\n', '\r', '\t' -> {}
                default -> out.append(next);
            }
        }
    }

    private void line(int level, ByteBuilder out) {
        if (indent == TABBED) {
            out.append('\n').repeat('\t', level);
        } else if (indent != ON_ONE_LINE) {
            out.append('\n').repeat(' ', level * indent);
        }
    }

    private static int afterString(byte[] json, int from) {
        int i = from;
        while (json[i] != '"') {
            i += json[i] == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    private static int afterBlanks(byte[] json, int from, int to) {
        int i = from;
        while (i < to && isBlank(json[i])) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    /** Where an array ends that holds numbers only; -1 if it holds anything else, or nothing. */
    private static int endOfRow(byte[] json, int from, int to) {
        boolean filled = false;
        for (int i = from; i < to; i++) {
            byte next = json[i];
            if (next == ']') {
                return filled ? i + 1 : -1;
            } else if (next >= '0' && next <= '9') {
                filled = true;
            } else if (!isBlank(next) && ",.+-eE".indexOf(next) < 0) {
                return -1;
            }
        }
        return -1;
    }

    private static void writeRow(byte[] json, int from, int to, ByteBuilder out) {
        for (int i = from; i < to; i++) {
            if (!isBlank(json[i])) {
                out.append(json[i]);
                if (json[i] == ',') {
                    out.append(' ');
                }
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
