package io.github.llmbudget.report;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Leaves out of the JSON what nobody knows, so that no reader takes it for zero. */
final class UnknownLeftOut implements TypeAdapterFactory {

    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        if (type.getRawType() == LlmCall.class) {
            return new LeavingOut<>(gson, gson.getDelegateAdapter(this, type), "tokens", TokenCounts.NONE);
        }
        if (type.getRawType() == Cost.class) {
            return new LeavingOut<>(gson, gson.getDelegateAdapter(this, type), "usd", Cost.UNKNOWN.usd());
        }
        return null;
    }

    private static boolean isUnknown(Object value) {
        return (value instanceof LlmCall call && call.isUncounted())
                || (value instanceof Cost cost && cost.exactness() == Cost.Exactness.UNPRICED);
    }

    private static final class LeavingOut<T> extends TypeAdapter<T> {

        private final TypeAdapter<T> whole;
        private final TypeAdapter<JsonElement> trees;
        private final String member;
        private final JsonElement placeholder;

        LeavingOut(Gson gson, TypeAdapter<T> whole, String member, Object placeholder) {
            this.whole = whole;
            this.trees = gson.getAdapter(JsonElement.class);
            this.member = member;
            this.placeholder = gson.toJsonTree(placeholder);
        }

        @Override
        public void write(JsonWriter out, T value) throws IOException {
            JsonObject tree = whole.toJsonTree(value).getAsJsonObject();
            if (isUnknown(value)) {
                tree.remove(member);
            }
            trees.write(out, tree);
        }

        @Override
        public T read(JsonReader in) throws IOException {
            JsonObject tree = JsonParser.parseReader(in).getAsJsonObject();
            if (!tree.has(member)) {
                tree.add(member, placeholder);
            }
            return whole.fromJsonTree(tree);
        }
    }
}
