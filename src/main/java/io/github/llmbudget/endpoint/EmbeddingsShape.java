package io.github.llmbudget.endpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of {@code /embeddings}. */
final class EmbeddingsShape implements ReplyShape {

    private static final int DIMENSIONS = 1536;
    private static final int DIMENSIONS_OF_LARGE = 3072;
    private static final int MOST_DIMENSIONS = 16_384;

    @Override
    public boolean fits(ReplyContent content) {
        return content instanceof ReplyContent.Embedding;
    }

    @Override
    public JsonMembers body(ReplyFacts facts) {
        List<Float> given = facts.content() instanceof ReplyContent.Embedding embedding ? embedding.vector() : null;
        List<JsonMembers> data = new ArrayList<>();
        for (JsonElement input : RequestInputs.of(facts.request().json().get("input"))) {
            List<Float> vector = given == null ? TextVector.of(input, dimensions(facts)) : given;
            data.add(Json.object("object", "embedding", "index", data.size(), "embedding", written(facts, vector)));
        }
        JsonMembers body = Json.object("object", "list", "data", data, "model", facts.model());
        if (facts.usage() != null) {
            long tokens = facts.usage().input();
            body.add("usage", Json.object("prompt_tokens", tokens, "total_tokens", tokens));
        }
        return body;
    }

    private static int dimensions(ReplyFacts facts) {
        if (facts.request().json().get("dimensions") instanceof JsonPrimitive asked && asked.isNumber()) {
            return Math.max(1, Math.min(asked.getAsInt(), MOST_DIMENSIONS));
        }
        return isLarge(facts.request().model()) ? DIMENSIONS_OF_LARGE : DIMENSIONS;
    }

    private static boolean isLarge(@Nullable String model) {
        return model != null && model.contains("embedding-3-large");
    }

    private static Object written(ReplyFacts facts, List<Float> vector) {
        if ("base64".equals(facts.request().text("encoding_format"))) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            vector.forEach(bytes::putFloat);
            return Base64.getEncoder().encodeToString(bytes.array());
        }
        return vector;
    }
}
