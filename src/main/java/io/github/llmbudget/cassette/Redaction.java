package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.llmbudget.wire.JsonPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces what must not be written. What was replaced once stays as it is when it is redacted again. */
record Redaction(List<JsonPath> paths, List<Pattern> patterns) {

    static final String CONSTANT = "REDACTED";

    boolean isEmpty() {
        return paths.isEmpty() && patterns.isEmpty();
    }

    /** Redacts a tree, in place where it can. */
    JsonElement in(JsonElement tree) {
        JsonElement redacted = tree;
        for (JsonPath path : paths) {
            redacted = path.replace(redacted, value -> new JsonPrimitive(CONSTANT));
        }
        return patterns.isEmpty() ? redacted : byPatterns(redacted);
    }

    private JsonElement byPatterns(JsonElement value) {
        if (value instanceof JsonObject object) {
            return members(object);
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, byPatterns(array.get(i)));
            }
        } else if (value instanceof JsonPrimitive primitive && !primitive.isBoolean()) {
            String text = primitive.getAsString();
            String redacted = in(text);
            return redacted.equals(text) ? value : new JsonPrimitive(redacted);
        }
        return value;
    }

    private JsonObject members(JsonObject object) {
        Map<String, JsonElement> members = new LinkedHashMap<>();
        boolean renamed = false;
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            member.setValue(byPatterns(member.getValue()));
            String name = in(member.getKey());
            renamed |= !name.equals(member.getKey());
            members.put(name, member.getValue());
        }
        if (!renamed) {
            return object;
        }
        JsonObject redacted = new JsonObject();
        members.forEach(redacted::add);
        return redacted;
    }

    /** Redacts a text that is not JSON. */
    String in(String text) {
        String redacted = text;
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(redacted);
            if (matcher.find()) {
                redacted = replaced(redacted, matcher);
            }
        }
        return redacted;
    }

    private static String replaced(String text, Matcher matcher) {
        StringBuilder redacted = new StringBuilder(text.length());
        do {
            boolean kept = matcher.start() == matcher.end() || touchesConstant(text, matcher.start(), matcher.end());
            matcher.appendReplacement(redacted, Matcher.quoteReplacement(kept ? matcher.group() : CONSTANT));
        } while (matcher.find());
        return matcher.appendTail(redacted).toString();
    }

    /** Whether a match lies within what an earlier redaction has put there. */
    private static boolean touchesConstant(String text, int from, int to) {
        int at = text.lastIndexOf(CONSTANT, from);
        return at >= 0 && at <= from && to <= at + CONSTANT.length();
    }

    /** Redacts the body of an answer, which stays in its layout. Bytes that are no text stay as they are. */
    byte[] inAnswer(byte[] body) {
        return isEmpty() ? body : in(body, false);
    }

    /** Redacts the body of a request, which is compared, and never sent again. */
    byte[] inRequest(byte[] body) {
        return isEmpty() ? body : in(body, true);
    }

    private byte[] in(byte[] body, boolean request) {
        if (JsonCursor.isObjectOrArray(body, 0, body.length)) {
            JsonElement tree = JsonTree.of(new String(body, UTF_8));
            if (tree != null) {
                String before = JsonTree.text(tree);
                String after = JsonTree.text(in(tree));
                return after.equals(before) ? body : inLayoutOf(body, after.getBytes(UTF_8));
            }
        }
        Optional<String> text = JsonText.decoded(body);
        if (text.isPresent()) {
            String redacted = in(text.get());
            return redacted.equals(text.get()) ? body : redacted.getBytes(UTF_8);
        }
        // The fields of a form beside a file: every byte is a character of its own in this encoding.
        return request ? in(new String(body, ISO_8859_1)).getBytes(ISO_8859_1) : body;
    }

    private static byte[] inLayoutOf(byte[] body, byte[] redacted) {
        // The root itself may have become a text.
        boolean laidOut = redacted[0] == '{' || redacted[0] == '[';
        return laidOut ? JsonLayout.of(body).orElse(JsonLayout.COMPACT).write(redacted, 0, redacted.length) : redacted;
    }
}
