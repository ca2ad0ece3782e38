package io.github.llmbudget.wire;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stream of completions report its usage: the service sends it only when the request asks for it, and then in a
 * chunk of its own that a client who did not ask must not see.
 */
final class StreamUsage {

    private static final String OPTIONS = "stream_options";
    private static final String INCLUDE = "include_usage";

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private StreamUsage() {}

    static PreparedRequest askedFor(HttpExchange.Request request) {
        RequestBody body = RequestBody.of(request);
        JsonObject json = body.json();
        JsonElement options = json.get(OPTIONS);
        JsonObject asked = options != null && options.isJsonObject() ? options.getAsJsonObject() : new JsonObject();
        if (!body.isStreaming() || isTrue(asked.get(INCLUDE))) {
            return PreparedRequest.unchanged(request);
        }
        asked.addProperty(INCLUDE, true);
        json.add(OPTIONS, asked);
        byte[] changed = GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
        return new PreparedRequest(request.withBody(changed), UsageChunkFilter::new);
    }

    private static boolean isTrue(@Nullable JsonElement value) {
        return value != null && value.isJsonPrimitive() && value.getAsBoolean();
    }
}
