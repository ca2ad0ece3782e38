package io.github.llmbudget.cassette;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the texts at the same place of all events of a stream are when they are joined, as a client joins them. Of several
 * answers, or several parts of an answer, at once, each is joined by itself.
 */
final class JoinedTexts {

    /** Members that say to which answer, or to which part of one, an event belongs. */
    private static final Set<String> INDEXES = Set.of("index", "output_index", "content_index", "summary_index");

    private final Map<String, Text> texts = new LinkedHashMap<>();

    void add(JsonElement event) {
        add(event, "$", "");
    }

    Collection<Text> texts() {
        return texts.values();
    }

    private void add(JsonElement value, String path, String part) {
        if (value instanceof JsonObject object) {
            StringBuilder within = new StringBuilder(part);
            for (String index : INDEXES) {
                if (object.get(index) instanceof JsonPrimitive number && number.isNumber()) {
                    within.append(index).append(number.getAsString()).append(' ');
                }
            }
            object.entrySet()
                    .forEach(member ->
                            add(member.getValue(), path + JsonPlace.step(member.getKey()), within.toString()));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                add(array.get(i), path + "[" + i + "]", part);
            }
        } else if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            texts.computeIfAbsent(part + path, key -> new Text(path, new StringBuilder(), new ArrayList<>()))
                    .append(primitive.getAsString());
        }
    }

    /** The texts at one place. */
    record Text(String path, StringBuilder all, List<Integer> borders) {

        private void append(String piece) {
            all.append(piece);
            borders.add(all.length());
        }

        String joined() {
            return all.toString();
        }

        /** Tells whether an expression matches across a border; what was redacted already does not count. */
        boolean spans(Pattern pattern) {
            // Of the same length, so that the borders stay where they are, and matched by no sensible expression.
            String text = joined().replace(Redaction.CONSTANT, "\0".repeat(Redaction.CONSTANT.length()));
            Matcher matcher = pattern.matcher(text);
            int border = 0;
            while (matcher.find()) {
                while (border < borders.size() && borders.get(border) <= matcher.start()) {
                    border++;
                }
                boolean whole = border == borders.size() || matcher.end() <= borders.get(border);
                if (!whole && matcher.group().indexOf('\0') < 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
