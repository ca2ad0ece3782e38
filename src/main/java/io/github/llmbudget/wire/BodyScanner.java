package io.github.llmbudget.wire;

/**
 * Finds the JSON texts in a body as its bytes pass: the body itself, or the data of each event of an event stream.
 * Which of the two it is shows in its first byte, whatever the headers say.
 */
final class BodyScanner {

    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};
    private static final byte[] END_OF_STREAM = {'[', 'D', 'O', 'N', 'E', ']'};
    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    private enum Framing {
        UNDECIDED,
        JSON,
        EVENT_STREAM
    }

    private final JsonScanner json;
    private final Runnable eventEnded;

    private Framing framing = Framing.UNDECIDED;
    private boolean ended;

    private int linePosition;
    private boolean dataLine;
    private int dataPosition;
    private int endMarkMatched;
    private boolean lastWasCarriageReturn;

    /**
     * Creates a scanner.
     *
     * @param json reads each JSON text
     * @param eventEnded is run when an event of a stream is over
     */
    BodyScanner(JsonScanner json, Runnable eventEnded) {
        this.json = json;
        this.eventEnded = eventEnded;
    }

    /** Tells whether the body said its last word: the JSON text is closed, or the stream's end mark came. */
    boolean isEnded() {
        return ended;
    }

    /** Tells whether anything in the body could be read at all. */
    boolean isReadable() {
        return json.hasSeenObject();
    }

    boolean isEventStream() {
        return framing == Framing.EVENT_STREAM;
    }

    void accept(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            accept(bytes[i]);
        }
    }

    private void accept(byte next) {
        if (framing == Framing.UNDECIDED) {
            if (isBlank(next) || isByteOrderMark(next)) {
                return;
            }
            framing = next == '{' || next == '[' ? Framing.JSON : Framing.EVENT_STREAM;
        }
        if (framing == Framing.JSON) {
            json.accept(next);
            ended = json.isDone();
        } else {
            acceptLine(next);
        }
    }

    private void acceptLine(byte next) {
        boolean secondHalfOfLineEnd = next == '\n' && lastWasCarriageReturn;
        lastWasCarriageReturn = next == '\r';
        if (secondHalfOfLineEnd) {
            return;
        }
        if (next == '\n' || next == '\r') {
            endLine();
            return;
        }
        if (linePosition < DATA.length) {
            dataLine = (linePosition == 0 || dataLine) && next == DATA[linePosition];
        } else if (dataLine) {
            acceptData(next);
        }
        linePosition++;
    }

    private void acceptData(byte next) {
        if (dataPosition == 0 && next == ' ') {
            return;
        }
        if (dataPosition == endMarkMatched
                && endMarkMatched < END_OF_STREAM.length
                && next == END_OF_STREAM[endMarkMatched]) {
            endMarkMatched++;
            ended |= endMarkMatched == END_OF_STREAM.length;
        }
        dataPosition++;
        json.accept(next);
    }

    private void endLine() {
        if (linePosition == 0) {
            json.reset();
            eventEnded.run();
        } else if (dataLine && linePosition >= DATA.length) {
            json.accept((byte) '\n');
        }
        linePosition = 0;
        dataLine = false;
        dataPosition = 0;
        endMarkMatched = 0;
    }

    private static boolean isBlank(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    private static boolean isByteOrderMark(byte next) {
        return (next & 0xFF) == BYTE_ORDER_MARK[0]
                || (next & 0xFF) == BYTE_ORDER_MARK[1]
                || (next & 0xFF) == BYTE_ORDER_MARK[2];
    }
}
