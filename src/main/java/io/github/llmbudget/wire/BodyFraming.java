package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Finds the JSON texts in a body as its bytes pass: one text, one a line, the elements of an array, or the data of the
 * events of a stream. Which it is shows in the first byte, whatever the headers say.
 */
final class BodyFraming {

    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};
    private static final byte[] ERROR_EVENT = "event:error".getBytes(US_ASCII);
    private static final byte[] END_OF_STREAM = {'[', 'D', 'O', 'N', 'E', ']'};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private enum Framing {
        UNDECIDED,
        JSON,
        EVENTS
    }

    // Where in a line of an event stream the next byte stands. Numbers, as in the scanner.
    private static final int START = 0;
    private static final int FIELD_NAME = 1;
    private static final int BEFORE_DATA = 2;
    private static final int IN_DATA = 3;
    private static final int EVENT_NAME = 4;
    private static final int IGNORED = 5;

    private final JsonScanner json;

    private Framing framing = Framing.UNDECIDED;
    private int line = START;
    private int nameLength;
    private int endMarkMatched;
    private boolean endMarkPossible;
    private boolean afterCarriageReturn;
    private boolean endMarkSeen;
    private int errorMatched;
    private boolean errorEventSeen;

    BodyFraming(JsonScanner json) {
        this.json = json;
    }

    /** Begins again with another body. */
    void clear() {
        framing = Framing.UNDECIDED;
        line = START;
        nameLength = 0;
        endMarkMatched = 0;
        endMarkPossible = false;
        afterCarriageReturn = false;
        endMarkSeen = false;
        errorMatched = 0;
        errorEventSeen = false;
    }

    /** Tells whether the mark that ends a stream has come. */
    boolean hasSeenEndMark() {
        return endMarkSeen;
    }

    /** Tells whether an event has come that is named an error. */
    boolean hasSeenErrorEvent() {
        return errorEventSeen;
    }

    /** Tells whether the body is one JSON text, or an array of them, and is complete. */
    boolean isWholeText() {
        return framing == Framing.JSON && json.isDone();
    }

    /** Tells whether anything has come but white space. */
    boolean hasBegun() {
        return framing != Framing.UNDECIDED;
    }

    /** Tells whether anything in the body could be read at all. */
    boolean isReadable() {
        return json.hasSeenObject();
    }

    boolean isEventStream() {
        return framing == Framing.EVENTS;
    }

    void accept(byte[] bytes, int offset, int length) {
        int to = offset + length;
        int at = framing == Framing.UNDECIDED ? decide(bytes, offset, to) : offset;
        if (framing == Framing.JSON) {
            acceptTexts(bytes, at, to);
        } else if (framing == Framing.EVENTS) {
            acceptEvents(bytes, at, to);
        }
    }

    /** Ends the body; what is left of a text is over. */
    void finish() {
        json.reset();
    }

    private int decide(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (JsonScanner.isWhiteSpace(bytes[at]) || isByteOrderMark(bytes[at]))) {
            at++;
        }
        if (at < to) {
            framing = bytes[at] == '{' || bytes[at] == '[' ? Framing.JSON : Framing.EVENTS;
        }
        return at;
    }

    private void acceptTexts(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (json.isDone()) {
                if (JsonScanner.isWhiteSpace(bytes[at])) {
                    at++;
                    continue;
                }
                json.reset();
            }
            at = json.acceptText(bytes, at, to);
        }
    }

    private void acceptEvents(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            byte next = bytes[at];
            if (JsonScanner.isLineEnd(next)) {
                if (line == IN_DATA) {
                    // A number that the bytes before broke off at is over.
                    json.acceptLine(bytes, at, to);
                }
                endLine(next);
                at++;
                continue;
            }
            afterCarriageReturn = false;
            switch (line) {
                case START, FIELD_NAME -> {
                    if (line == START && startsWithData(bytes, at, to)) {
                        line = BEFORE_DATA;
                        at += DATA.length;
                    } else {
                        acceptFieldName(next);
                        at++;
                    }
                }
                case BEFORE_DATA -> {
                    line = IN_DATA;
                    endMarkMatched = 0;
                    endMarkPossible = true;
                    if (json.isDone()) {
                        json.reset();
                    }
                    at = next == ' ' ? at + 1 : at;
                }
                case IN_DATA -> {
                    int end = json.isDone() ? endOfLine(bytes, at, to) : json.acceptLine(bytes, at, to);
                    if (endMarkPossible) {
                        matchEndMark(bytes, at, end);
                    }
                    at = end;
                }
                case EVENT_NAME -> {
                    matchErrorEvent(next);
                    at++;
                }
                default -> at = endOfLine(bytes, at, to);
            }
        }
    }

    private void acceptFieldName(byte next) {
        if (line == START) {
            line = FIELD_NAME;
            nameLength = 0;
        }
        if (nameLength == 0 && next == ERROR_EVENT[0]) {
            line = EVENT_NAME;
            errorMatched = 1;
        } else if (next != DATA[nameLength]) {
            line = IGNORED;
        } else if (++nameLength == DATA.length) {
            line = BEFORE_DATA;
        }
    }

    private static boolean startsWithData(byte[] bytes, int from, int to) {
        return to - from >= DATA.length
                && bytes[from] == DATA[0]
                && Arrays.equals(bytes, from, from + DATA.length, DATA, 0, DATA.length);
    }

    private void matchEndMark(byte[] bytes, int from, int to) {
        for (int at = from; at < to && endMarkPossible; at++) {
            endMarkPossible = bytes[at] == END_OF_STREAM[endMarkMatched];
            if (endMarkPossible && ++endMarkMatched == END_OF_STREAM.length) {
                endMarkSeen = true;
                endMarkPossible = false;
            }
        }
    }

    /** A space may stand after the colon. */
    private void matchErrorEvent(byte next) {
        boolean possible = errorMatched < ERROR_EVENT.length && next == ERROR_EVENT[errorMatched];
        if (possible) {
            errorMatched++;
        } else if (next != ' ' || ERROR_EVENT[errorMatched - 1] != ':') {
            line = IGNORED;
        }
    }

    private void endLine(byte lineEnd) {
        errorEventSeen |= line == EVENT_NAME && errorMatched == ERROR_EVENT.length;
        boolean secondHalf = lineEnd == '\n' && afterCarriageReturn;
        afterCarriageReturn = lineEnd == '\r';
        if (!secondHalf && line == START) {
            json.reset();
        }
        line = START;
    }

    private static int endOfLine(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !JsonScanner.isLineEnd(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isByteOrderMark(byte next) {
        return next == BYTE_ORDER_MARK[0] || next == BYTE_ORDER_MARK[1] || next == BYTE_ORDER_MARK[2];
    }
}
