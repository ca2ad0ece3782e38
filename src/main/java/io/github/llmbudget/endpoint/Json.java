package io.github.llmbudget.endpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.llmbudget.wire.JsonOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads and writes the JSON of the mocked service. */
final class Json {

    private static final int USUAL_LENGTH = 1024;

    private Json() {}

    /** Builds an object from keys and values in turn. */
    static JsonMembers object(@Nullable Object... keysAndValues) {
        return new JsonMembers(keysAndValues);
    }

    /** Reads a text that is JSON to the letter. */
    static JsonElement strictly(String text) throws IOException {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        JsonElement element = JsonParser.parseReader(reader);
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new JsonParseException("more follows what is whole already");
        }
        return element;
    }

    static String text(JsonMembers object) {
        return new String(bytes(object), StandardCharsets.UTF_8);
    }

    static byte[] bytes(JsonMembers object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LENGTH);
        try (JsonOut out = new JsonOut(bytes, USUAL_LENGTH)) {
            object.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory takes what is written", e);
        }
        return bytes.toByteArray();
    }
}
