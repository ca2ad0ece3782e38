package io.github.llmbudget.cassette;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Where the lines of an event begin and end, however the service frames them. */
final class EventLines {

    private EventLines() {}

    /** Where the line ends that begins at a place, without what ends it. */
    static int endOfLine(byte[] raw, int from) {
        int at = from;
        while (at < raw.length && raw[at] != '\n' && raw[at] != '\r') {
            at++;
        }
        return at;
    }

    /** Where the next line begins. */
    static int afterLine(byte[] raw, int end) {
        if (end == raw.length) {
            return end;
        }
        return raw[end] == '\r' && end + 1 < raw.length && raw[end + 1] == '\n' ? end + 2 : end + 1;
    }

    /** Where the value of a field begins, behind its colon and one blank; the whole line is a value without a colon. */
    static int value(byte[] raw, int from, int to) {
        int at = from;
        while (at < to && raw[at] != ':') {
            if (raw[at] == '{') {
                return from;
            }
            at++;
        }
        if (at == to) {
            return from;
        }
        return at + 1 < to && raw[at + 1] == ' ' ? at + 2 : at + 1;
    }

    /** Puts something else in the place of the value of each line. */
    static byte[] withValues(byte[] raw, StreamKind kind, UnaryOperator<byte[]> change) {
        ByteBuilder changed = new ByteBuilder(raw.length);
        for (int from = 0; from < raw.length; ) {
            int to = endOfLine(raw, from);
            int next = afterLine(raw, to);
            int value = kind == StreamKind.LINES ? from : value(raw, from, to);
            changed.append(raw, from, value)
                    .append(change.apply(Arrays.copyOfRange(raw, value, to)))
                    .append(raw, to, next);
            from = next;
        }
        return changed.toBytes();
    }
}
