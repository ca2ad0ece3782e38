package io.github.llmbudget.endpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Answers of {@code /embeddings}. */
final class EmbeddingsShape implements ReplyShape {

    @Override
    public boolean fits(Reply.Content content) {
        return content instanceof Reply.Embedding;
    }

    @Override
    public JsonObject body(Facts facts) {
        JsonElement vector = vector(facts);
        JsonArray data = new JsonArray();
        for (int index = 0; index < inputs(facts.request().json()); index++) {
            data.add(Json.object("object", "embedding", "index", index, "embedding", vector));
        }
        JsonObject body = Json.object("object", "list", "data", data, "model", facts.model());
        if (facts.usage() != null) {
            long tokens = facts.usage().input();
            body.add("usage", Json.object("prompt_tokens", tokens, "total_tokens", tokens));
        }
        return body;
    }

    @Override
    public List<StreamEvent> events(Facts facts) {
        throw new IllegalStateException("Embeddings are never streamed");
    }

    private static int inputs(JsonObject request) {
        JsonElement input = request.get("input");
        boolean several = input != null
                && input.isJsonArray()
                && !input.getAsJsonArray().isEmpty()
                && !isNumber(input.getAsJsonArray().get(0));
        return several ? input.getAsJsonArray().size() : 1;
    }

    private static boolean isNumber(JsonElement element) {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
    }

    private static JsonElement vector(Facts facts) {
        List<Float> values = facts.content() instanceof Reply.Embedding embedding ? embedding.vector() : List.of();
        if ("base64".equals(facts.request().text("encoding_format"))) {
            ByteBuffer bytes = ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            values.forEach(bytes::putFloat);
            return new JsonPrimitive(Base64.getEncoder().encodeToString(bytes.array()));
        }
        JsonArray numbers = new JsonArray();
        values.forEach(numbers::add);
        return numbers;
    }
}
