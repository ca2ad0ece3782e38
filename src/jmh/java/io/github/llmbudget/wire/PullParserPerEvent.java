package io.github.llmbudget.wire;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.llmbudget.call.TokenCounts;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;

/** Walks over every event with a pull parser. */
final class PullParserPerEvent extends EventSearch {

    @Override
    void searchEvent(String json) {
        try (JsonReader event = new JsonReader(new StringReader(json))) {
            event.beginObject();
            while (event.hasNext()) {
                if (event.nextName().equals("usage") && event.peek() == JsonToken.BEGIN_OBJECT) {
                    readUsage(event);
                } else {
                    event.skipValue();
                }
            }
            event.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readUsage(JsonReader usage) throws IOException {
        long input = 0;
        long output = 0;
        usage.beginObject();
        while (usage.hasNext()) {
            switch (usage.nextName()) {
                case "prompt_tokens" -> input = usage.nextLong();
                case "completion_tokens" -> output = usage.nextLong();
                default -> usage.skipValue();
            }
        }
        usage.endObject();
        found(TokenCounts.of(input, output));
    }
}
