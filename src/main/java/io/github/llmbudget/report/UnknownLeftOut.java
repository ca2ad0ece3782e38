package io.github.llmbudget.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of the JSON what nobody knows, so that no reader takes it for zero, and what only few calls have, where a
 * call has none of it.
 */
final class UnknownLeftOut implements TypeAdapterFactory {

    private static final Map<String, JsonElement> RARE_COUNTS = Stream.of(
                    "cacheWriteOneHour",
                    "cacheWriteTwelveHours",
                    "imageInput",
                    "cachedAudioInput",
                    "cachedImageInput",
                    "imageOutput")
            .collect(Collectors.toUnmodifiableMap(count -> count, count -> new JsonPrimitive(0)));

    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        Class<?> raw = type.getRawType();
        if (raw != LlmCall.class && raw != Cost.class && raw != TokenCounts.class) {
            return null;
        }
        TypeAdapter<T> whole = gson.getDelegateAdapter(this, type);
        TypeAdapter<JsonElement> trees = gson.getAdapter(JsonElement.class);
        if (raw == TokenCounts.class) {
            return new LeavingOut<>(whole, trees, Map.of(), RARE_COUNTS);
        }
        return raw == Cost.class
                ? new LeavingOut<>(whole, trees, Map.of("usd", gson.toJsonTree(Cost.UNKNOWN.usd())), Map.of())
                : new LeavingOut<>(
                        whole,
                        trees,
                        Map.of("tokens", gson.toJsonTree(TokenCounts.NONE)),
                        Map.of(
                                "toolCalls",
                                new JsonObject(),
                                "images",
                                new JsonObject(),
                                "anomalies",
                                new JsonArray()));
    }

    private static boolean isUnknown(Object value) {
        return (value instanceof LlmCall call && call.isUncounted())
                || (value instanceof Cost cost && cost.exactness() == Cost.Exactness.UNPRICED);
    }

    private static final class LeavingOut<T> extends TypeAdapter<T> {

        private final TypeAdapter<T> whole;
        private final TypeAdapter<JsonElement> trees;
        private final Map<String, JsonElement> unknown;
        private final Map<String, JsonElement> rare;

        /**
         * Creates the adapter.
         *
         * @param unknown members left out where nobody knows them, and what they are read as
         * @param rare members left out where they are equal to this
         */
        LeavingOut(
                TypeAdapter<T> whole,
                TypeAdapter<JsonElement> trees,
                Map<String, JsonElement> unknown,
                Map<String, JsonElement> rare) {
            this.whole = whole;
            this.trees = trees;
            this.unknown = unknown;
            this.rare = rare;
        }

        @Override
        public void write(JsonWriter out, T value) throws IOException {
            JsonObject tree = whole.toJsonTree(value).getAsJsonObject();
            if (isUnknown(value)) {
                unknown.keySet().forEach(tree::remove);
            }
            rare.forEach((member, none) -> {
                if (none.equals(tree.get(member))) {
                    tree.remove(member);
                }
            });
            trees.write(out, tree);
        }

        @Override
        public T read(JsonReader in) throws IOException {
            JsonObject tree = JsonParser.parseReader(in).getAsJsonObject();
            unknown.forEach((member, placeholder) -> putIfAbsent(tree, member, placeholder));
            rare.forEach((member, none) -> putIfAbsent(tree, member, none));
            return whole.fromJsonTree(tree);
        }

        private static void putIfAbsent(JsonObject tree, String member, JsonElement value) {
            if (!tree.has(member)) {
                tree.add(member, value);
            }
        }
    }
}
