package io.github.llmbudget.cassette;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a service frames its events. All events of a stream are framed alike, but for comments and the like, which are kept
 * as they are.
 */
enum EventFraming {
    /** What most services send. */
    USUAL("usual", ": ", "\n"),
    /** Gemini, and servers of its kind. */
    CRLF("crlf", ": ", "\r\n"),
    /** Servers of the Spring framework, and others. */
    TIGHT("tight", ":", "\n");

    private static final String EVENT = "event";
    private static final String DATA = "data";

    private final String id;
    private final String colon;
    private final String lineEnd;

    EventFraming(String id, String colon, String lineEnd) {
        this.id = id;
        this.colon = colon;
        this.lineEnd = lineEnd;
    }

    String id() {
        return id;
    }

    static @Nullable EventFraming named(String id) {
        return Arrays.stream(values())
                .filter(framing -> framing.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    /**
     * Where the name and the data of an event stand.
     *
     * @param nameFrom where the name begins, -1 if there is none
     * @param nameTo where it ends
     * @param dataFrom where the data begin
     * @param dataTo where they end
     */
    record Fields(int nameFrom, int nameTo, int dataFrom, int dataTo) {}

    /** Finds the fields of an event that is framed so; {@code null} if it is not, or holds anything else. */
    @Nullable
    Fields fields(byte[] raw) {
        int at = 0;
        int nameFrom = -1;
        int nameTo = -1;
        int value = afterField(raw, 0, EVENT);
        if (value >= 0) {
            nameFrom = value;
            nameTo = endOfLine(raw, value);
            at = nameTo < 0 ? -1 : nameTo + lineEnd.length();
        }
        int dataFrom = at < 0 ? -1 : afterField(raw, at, DATA);
        if (dataFrom < 0) {
            return null;
        }
        int dataTo = endOfLine(raw, dataFrom);
        boolean ends = dataTo >= 0
                && raw.length == dataTo + 2 * lineEnd.length()
                && startsWith(raw, dataTo + lineEnd.length(), lineEnd);
        return ends ? new Fields(nameFrom, nameTo, dataFrom, dataTo) : null;
    }

    byte[] write(byte @Nullable [] name, byte[] data) {
        ByteBuilder raw = new ByteBuilder(data.length + 16);
        if (name != null) {
            raw.append(EVENT).append(colon).append(name).append(lineEnd);
        }
        return raw.append(DATA)
                .append(colon)
                .append(data)
                .append(lineEnd)
                .append(lineEnd)
                .toBytes();
    }

    private int afterField(byte[] raw, int from, String field) {
        int value = from + field.length() + colon.length();
        if (!startsWith(raw, from, field) || !startsWith(raw, from + field.length(), colon)) {
            return -1;
        }
        // Of a value behind a tight colon, a blank at its beginning would be no part.
        boolean ambiguous = colon.length() == 1 && value < raw.length && raw[value] == ' ';
        return ambiguous ? -1 : value;
    }

    /** Where the line ends; -1 if it does not end as lines do in this framing. */
    private int endOfLine(byte[] raw, int from) {
        for (int i = from; i < raw.length; i++) {
            if (raw[i] == '\n' || raw[i] == '\r') {
                return startsWith(raw, i, lineEnd) ? i : -1;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] raw, int from, String wanted) {
        for (int i = 0; i < wanted.length(); i++) {
            if (from + i >= raw.length || raw[from + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
