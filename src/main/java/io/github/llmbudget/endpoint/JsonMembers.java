package io.github.llmbudget.endpoint;

import com.google.gson.JsonElement;
import io.github.llmbudget.wire.JsonOut;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON that is made to be written: its members as they were given, among which nobody looks for one. A value is
 * such an object, a list of values, JSON that was read, text, a number, a boolean or null.
 */
final class JsonMembers {

    private @Nullable Object[] keysAndValues;

    /** Creates an object from keys and values in turn. */
    JsonMembers(@Nullable Object... keysAndValues) {
        this.keysAndValues = keysAndValues;
    }

    /** Adds members, as keys and values in turn. */
    void add(@Nullable Object... more) {
        int size = keysAndValues.length;
        keysAndValues = Arrays.copyOf(keysAndValues, size + more.length);
        System.arraycopy(more, 0, keysAndValues, size, more.length);
    }

    void writeTo(JsonOut out) throws IOException {
        out.beginObject();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            out.name(String.valueOf(keysAndValues[i]));
            write(keysAndValues[i + 1], out);
        }
        out.endObject();
    }

    private static void write(@Nullable Object value, JsonOut out) throws IOException {
        if (value instanceof String text) {
            out.value(text);
        } else if (value instanceof JsonMembers members) {
            members.writeTo(out);
        } else if (value instanceof List<?> values) {
            out.beginArray();
            for (Object element : values) {
                write(element, out);
            }
            out.endArray();
        } else if (value instanceof JsonElement read) {
            out.json(read.toString());
        } else {
            out.json(String.valueOf(value)); // A number, a boolean or null is spelled as in JSON.
        }
    }
}
