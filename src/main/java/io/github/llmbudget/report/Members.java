package io.github.llmbudget.report;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object that are no objects themselves, as texts. */
final class Members {

    private final Map<String, String> texts = new HashMap<>();

    /** Reads an object that has no others. */
    static Members read(JsonReader in) throws IOException {
        Members members = new Members();
        CallReader.members(in, members::take);
        return members;
    }

    /** Takes a member whose value comes next. */
    void take(String name, JsonReader value) throws IOException {
        boolean isFlag = value.peek() == JsonToken.BOOLEAN;
        texts.put(name, isFlag ? Boolean.toString(value.nextBoolean()) : value.nextString());
    }

    /** Returns a member that every such object has. */
    String told(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return text;
    }

    @Nullable
    String get(String name) {
        return texts.get(name);
    }

    /** Returns what a member tells, {@code null} if there is none. */
    <T> @Nullable T get(String name, Function<String, T> parse) {
        String text = texts.get(name);
        return text == null ? null : parse.apply(text);
    }
}
