package io.github.llmbudget.cassette;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes trees of JSON values. */
final class JsonTree {

    private JsonTree() {}

    /** Reads an object or array; {@code null} if the text is none. */
    static @Nullable JsonElement of(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) <= ' ') {
            first++;
        }
        if (first == text.length() || (text.charAt(first) != '{' && text.charAt(first) != '[')) {
            return null;
        }
        try {
            return JsonParser.parseString(text);
        } catch (JsonParseException e) {
            // Not JSON, then: text, as most texts are.
            return null;
        }
    }

    /** Writes a tree so that two texts are equal if they mean the same: compactly, with sorted members. */
    static String canonical(JsonElement tree) {
        StringBuilder text = new StringBuilder(512);
        canonical(tree, text);
        return text.toString();
    }

    private static void canonical(JsonElement value, StringBuilder out) {
        if (value instanceof JsonObject object) {
            out.append('{');
            char before = 0;
            for (Map.Entry<String, JsonElement> member : sorted(object)) {
                if (before != 0) {
                    out.append(before);
                }
                before = ',';
                JsonText.quote(member.getKey(), out);
                out.append(':');
                canonical(member.getValue(), out);
            }
            out.append('}');
        } else if (value instanceof JsonArray array) {
            out.append('[');
            for (int i = 0; i < array.size(); i++) {
                if (i > 0) {
                    out.append(',');
                }
                canonical(array.get(i), out);
            }
            out.append(']');
        } else if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            JsonText.quote(primitive.getAsString(), out);
        } else {
            // A number as it is spelt, true, false or null.
            out.append(value.isJsonNull() ? "null" : value.getAsString());
        }
    }

    static Map.Entry<String, JsonElement>[] sorted(JsonObject object) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
        Map.Entry<String, JsonElement>[] members = object.entrySet().toArray(new Map.Entry[0]);
        if (members.length > 1) {
            Arrays.sort(members, Map.Entry.comparingByKey());
        }
        return members;
    }
}
