package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes something else in the place of what must not be seen. */
interface Rewriting {

    /** Rewrites a text that is not JSON. */
    String in(String text);

    /** Rewrites a tree, in place where it can. */
    default JsonElement in(JsonElement tree) {
        return inEachText(tree);
    }

    /** Rewrites each name and text of a tree by itself, however it was escaped. */
    default JsonElement inEachText(JsonElement value) {
        if (value instanceof JsonObject object) {
            return members(object);
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, inEachText(array.get(i)));
            }
        } else if (value instanceof JsonPrimitive primitive && !primitive.isBoolean()) {
            String text = primitive.getAsString();
            String rewritten = in(text);
            return rewritten.equals(text) ? value : new JsonPrimitive(rewritten);
        }
        return value;
    }

    private JsonObject members(JsonObject object) {
        Map<String, JsonElement> members = new LinkedHashMap<>();
        boolean renamed = false;
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            member.setValue(inEachText(member.getValue()));
            String name = in(member.getKey());
            renamed |= !name.equals(member.getKey());
            members.put(name, member.getValue());
        }
        if (!renamed) {
            return object;
        }
        JsonObject rewritten = new JsonObject();
        members.forEach(rewritten::add);
        return rewritten;
    }

    /** Rewrites a body, which stays in its layout; empty if its bytes are no text. */
    default Optional<byte[]> inText(byte[] body) {
        if (JsonCursor.isObjectOrArray(body, 0, body.length)) {
            JsonElement tree = JsonTree.of(new String(body, UTF_8));
            if (tree != null) {
                String before = tree.toString();
                String after = in(tree).toString();
                return Optional.of(after.equals(before) ? body : inLayoutOf(body, after.getBytes(UTF_8)));
            }
        }
        return JsonText.decoded(body).map(text -> {
            String rewritten = in(text);
            return rewritten.equals(text) ? body : rewritten.getBytes(UTF_8);
        });
    }

    private static byte[] inLayoutOf(byte[] body, byte[] rewritten) {
        // The root itself may have become a text.
        boolean laidOut = rewritten[0] == '{' || rewritten[0] == '[';
        return laidOut
                ? JsonLayout.of(body).orElse(JsonLayout.COMPACT).write(rewritten, 0, rewritten.length)
                : rewritten;
    }
}
