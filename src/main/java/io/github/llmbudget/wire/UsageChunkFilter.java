package io.github.llmbudget.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out of an event stream what {@link StreamUsage} put there: the chunk with the usage, and the empty usage in all
 * other chunks. An event is handed on as soon as its last byte is there; no event waits for the next one.
 */
final class UsageChunkFilter implements ResponseFilter {

    // Inside a JSON string every quote is escaped, so this can only match a member of an object.
    private static final Pattern EMPTY_USAGE =
            Pattern.compile(",\\s*\"usage\"\\s*:\\s*null(?=\\s*[,}])|\"usage\"\\s*:\\s*null\\s*,");

    private static final String DATA = "data:";

    private final ByteArrayOutputStream event = new ByteArrayOutputStream();
    private int lineLength;
    private boolean lastWasCarriageReturn;
    private boolean eventOver;
    private boolean lastWasTakenOut;

    @Override
    public void accept(byte[] bytes, int offset, int length, Sink client) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            byte next = bytes[i];
            if (next == '\n' && lastWasCarriageReturn && event.size() == 0) {
                // The line end of an event that was handed on, or taken out, between the two halves.
                lastWasCarriageReturn = false;
                if (!lastWasTakenOut) {
                    client.write(bytes, i, 1);
                }
                continue;
            }
            if (eventOver && !(next == '\n' && lastWasCarriageReturn)) {
                handOn(client);
            }
            event.write(next);
            if (next == '\n' && lastWasCarriageReturn) {
                lastWasCarriageReturn = false;
                continue;
            }
            lastWasCarriageReturn = next == '\r';
            if (next == '\n' || next == '\r') {
                eventOver = lineLength == 0;
                lineLength = 0;
            } else {
                lineLength++;
            }
        }
        if (eventOver) {
            handOn(client);
        }
    }

    @Override
    public void finish(Sink client) throws IOException {
        handOn(client);
    }

    private void handOn(Sink client) throws IOException {
        eventOver = false;
        if (event.size() == 0) {
            return;
        }
        byte[] whole = event.toByteArray();
        event.reset();
        // One char a byte, so that what is not touched comes out as it went in.
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        Matcher emptyUsage = EMPTY_USAGE.matcher(text);
        lastWasTakenOut = false;
        if (emptyUsage.find()) {
            byte[] restored = emptyUsage.replaceAll("").getBytes(StandardCharsets.ISO_8859_1);
            client.write(restored, 0, restored.length);
        } else if (text.contains("\"usage\"") && isUsageChunk(text.strip())) {
            lastWasTakenOut = true;
        } else {
            client.write(whole, 0, whole.length);
        }
    }

    private static boolean isUsageChunk(String event) {
        String data = event.lines()
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
}
