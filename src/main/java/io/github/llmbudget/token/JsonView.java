package io.github.llmbudget.token;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document, whether anything stands there or not: rules ask for what they need, and a request that is
 * not as documented answers with nothing.
 */
record JsonView(@Nullable JsonElement json) {

    /** Returns the member of an object. */
    JsonView at(String key) {
        return new JsonView(json instanceof JsonObject object ? object.get(key) : null);
    }

    /** Tells whether this is an object with that member, be it {@code null}. */
    boolean has(String key) {
        return json instanceof JsonObject object && object.has(key);
    }

    /** Tells whether anything but {@code null} stands here. */
    boolean isPresent() {
        return json != null && !json.isJsonNull();
    }

    boolean isObject() {
        return json instanceof JsonObject;
    }

    boolean isArray() {
        return json instanceof JsonArray;
    }

    boolean isString() {
        return json instanceof JsonPrimitive value && value.isString();
    }

    boolean isNumber() {
        return json instanceof JsonPrimitive value && value.isNumber();
    }

    /** Tells whether this is a string of that value. */
    boolean is(String value) {
        return isString() && text().equals(value);
    }

    boolean isTrue() {
        return json instanceof JsonPrimitive value && value.isBoolean() && value.getAsBoolean();
    }

    boolean isFalse() {
        return json instanceof JsonPrimitive value && value.isBoolean() && !value.getAsBoolean();
    }

    /** Returns the text of a plain value, an empty one for anything else. */
    String text() {
        return json instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    /** Returns the whole number here, or another one if there is none. */
    long count(long otherwise) {
        return json instanceof JsonPrimitive value && value.isNumber() ? value.getAsLong() : otherwise;
    }

    /** Returns the elements of an array, none for anything else. */
    List<JsonView> items() {
        return json instanceof JsonArray array
                ? array.asList().stream().map(JsonView::new).toList()
                : List.of();
    }

    /** Returns the members of an object in their order, none for anything else. */
    Stream<Map.Entry<String, JsonView>> members() {
        return json instanceof JsonObject object
                ? object.entrySet().stream().map(member -> Map.entry(member.getKey(), new JsonView(member.getValue())))
                : Stream.of();
    }

    /** Returns the JSON without any white space. */
    String compact() {
        return String.valueOf(json);
    }
}
