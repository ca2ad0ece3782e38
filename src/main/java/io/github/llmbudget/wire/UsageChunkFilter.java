package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Takes out of an event stream what {@link StreamUsage} put there: the chunk with the usage, and the empty usage in all
 * other chunks. An event is handed on as soon as its last byte is there; no event waits for the next one, and one too
 * long to be about usage waits for nothing.
 */
final class UsageChunkFilter implements ResponseFilter {

    private static final String DATA = "data:";
    private static final byte[] USAGE = "\"usage\"".getBytes(UTF_8);
    private static final byte[] NULL = "null".getBytes(UTF_8);
    private static final int LONGEST_HELD_BACK = 64 * 1024;

    private byte[] held = new byte[1024];
    private int heldLength;
    private boolean tooLong;

    private boolean lineIsEmpty = true;
    private boolean afterCarriageReturn;
    private boolean eventJustEnded;
    private boolean lastWasTakenOut;

    @Override
    public void accept(byte[] bytes, int offset, int length, Sink client) throws IOException {
        int to = offset + length;
        int from = offset;
        int at = offset;
        if (afterCarriageReturn && at < to && bytes[at] == '\n') {
            at++;
            if (eventJustEnded) {
                // The line end of an event that was handed on, or taken out, between the two halves.
                if (!lastWasTakenOut) {
                    client.write(bytes, from, 1);
                }
                from = at;
            }
        }
        if (length > 0) {
            afterCarriageReturn = false;
        }
        while (at < to) {
            if (!JsonScanner.isLineEnd(bytes[at])) {
                lineIsEmpty = false;
                at++;
                continue;
            }
            eventJustEnded = lineIsEmpty;
            lineIsEmpty = true;
            afterCarriageReturn = bytes[at] == '\r' && at + 1 == to;
            at += bytes[at] == '\r' && at + 1 < to && bytes[at + 1] == '\n' ? 2 : 1;
            if (eventJustEnded) {
                endEvent(bytes, from, at, client);
                from = at;
            }
        }
        if (from < to) {
            hold(bytes, from, to, client);
        }
    }

    @Override
    public void finish(Sink client) throws IOException {
        endEvent(held, 0, 0, client);
    }

    private void endEvent(byte[] bytes, int from, int to, Sink client) throws IOException {
        lastWasTakenOut = false;
        if (heldLength == 0 && !tooLong) {
            handOn(bytes, from, to, client);
            return;
        }
        hold(bytes, from, to, client);
        handOn(held, 0, heldLength, client);
        heldLength = 0;
        tooLong = false;
    }

    private void hold(byte[] bytes, int from, int to, Sink client) throws IOException {
        int length = to - from;
        if (!tooLong && heldLength + length > LONGEST_HELD_BACK) {
            client.write(held, 0, heldLength);
            heldLength = 0;
            tooLong = true;
        }
        if (tooLong) {
            client.write(bytes, from, length);
            return;
        }
        if (heldLength + length > held.length) {
            held = Arrays.copyOf(held, Math.max(heldLength + length, 2 * held.length));
        }
        System.arraycopy(bytes, from, held, heldLength, length);
        heldLength += length;
    }

    /** Inside a JSON string every quote is escaped, so {@code "usage"} can only be the name of a member. */
    private void handOn(byte[] bytes, int offset, int to, Sink client) throws IOException {
        int from = offset;
        int name = find(bytes, from, to);
        while (name < to) {
            int colon = afterBlanks(bytes, name + USAGE.length, to);
            int value = afterBlanks(bytes, colon + 1, to);
            if (colon < to && bytes[colon] == ':' && value < to) {
                if (bytes[value] == '{' && isUsageChunk(bytes, offset, to)) {
                    lastWasTakenOut = true;
                    return;
                }
                if (startsWith(NULL, bytes, value, to)) {
                    from = leaveOut(bytes, from, name, value + NULL.length, to, client);
                }
            }
            name = find(bytes, Math.max(from, name + 1), to);
        }
        if (from < to) {
            client.write(bytes, from, to - from);
        }
    }

    /** Leaves out a member and the comma before or after it; returns where the rest begins. */
    private static int leaveOut(byte[] bytes, int from, int name, int valueEnd, int to, Sink client)
            throws IOException {
        int next = afterBlanks(bytes, valueEnd, to);
        if (next == to || (bytes[next] != ',' && bytes[next] != '}')) {
            return from;
        }
        int before = name - 1;
        while (before >= from && JsonScanner.isWhiteSpace(bytes[before])) {
            before--;
        }
        if (before >= from && bytes[before] == ',') {
            client.write(bytes, from, before - from);
            return valueEnd;
        }
        if (bytes[next] == ',') {
            client.write(bytes, from, name - from);
            return next + 1;
        }
        return from;
    }

    private static boolean isUsageChunk(byte[] bytes, int from, int to) {
        String data = new String(bytes, from, to - from, UTF_8)
                .lines()
                .filter(line -> line.startsWith(DATA))
                .map(line -> line.substring(DATA.length()))
                .collect(Collectors.joining("\n"));
        try {
            return JsonParser.parseString(data) instanceof JsonObject chunk
                    && chunk.get("usage") instanceof JsonObject
                    && chunk.get("choices") instanceof JsonArray choices
                    && choices.isEmpty();
        } catch (JsonParseException e) {
            // Not a chunk at all; the client gets it as it came.
            return false;
        }
    }

    private static int find(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !startsWith(USAGE, bytes, at, to)) {
            at++;
        }
        return at;
    }

    private static boolean startsWith(byte[] wanted, byte[] bytes, int at, int to) {
        return to - at >= wanted.length
                && bytes[at] == wanted[0]
                && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    private static int afterBlanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && JsonScanner.isWhiteSpace(bytes[at])) {
            at++;
        }
        return at;
    }
}
