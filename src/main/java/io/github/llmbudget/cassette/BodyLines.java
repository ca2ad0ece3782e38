package io.github.llmbudget.cassette;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A body in lines that can be compared: indented JSON, in which a long text takes a line for each of its own. */
final class BodyLines {

    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();

    private BodyLines() {}

    static List<String> of(String body) {
        JsonElement tree = JsonTree.of(body);
        if (tree == null) {
            return body.lines().map(BodyLines::visible).toList();
        }
        BodyLines lines = new BodyLines();
        lines.value(tree, 0);
        lines.end();
        return lines.lines;
    }

    private static String visible(String text) {
        boolean plain = text.chars().allMatch(next -> (next >= ' ' && next < 0x7F) || next == '\t' || next > 0xA0);
        return plain ? text : JsonText.quoted(text);
    }

    private void value(JsonElement value, int level) {
        if (value instanceof JsonObject object && object.size() > 0) {
            line.append('{');
            String before = "";
            for (Map.Entry<String, JsonElement> member : JsonTree.sorted(object)) {
                line.append(before);
                begin(level + 1);
                JsonText.quote(member.getKey(), line);
                line.append(": ");
                value(member.getValue(), level + 1);
                before = ",";
            }
            begin(level);
            line.append('}');
        } else if (value instanceof JsonArray array && !array.isEmpty()) {
            line.append('[');
            for (int i = 0; i < array.size(); i++) {
                begin(level + 1);
                value(array.get(i), level + 1);
                line.append(i + 1 < array.size() ? "," : "");
            }
            begin(level);
            line.append(']');
        } else if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            text(primitive.getAsString(), level + 1);
        } else {
            line.append(JsonTree.canonical(value));
        }
    }

    private void text(String text, int level) {
        String quoted = JsonText.quoted(text);
        int from = 0;
        for (int end = lineEnd(quoted, 0); end >= 0 && end < quoted.length() - 1; end = lineEnd(quoted, end)) {
            line.append(quoted, from, end);
            begin(level);
            from = end;
        }
        line.append(quoted, from, quoted.length());
    }

    /** Where the next line of a quoted text begins, behind an escaped line feed; -1 if there is none. */
    private static int lineEnd(String quoted, int from) {
        for (int i = from; i + 1 < quoted.length(); i++) {
            if (quoted.charAt(i) == '\\') {
                if (quoted.charAt(i + 1) == 'n') {
                    return i + 2;
                }
                i++;
            }
        }
        return -1;
    }

    private void begin(int level) {
        end();
        line.append("  ".repeat(level));
    }

    private void end() {
        lines.add(line.toString());
        line.setLength(0);
    }
}
