package io.github.llmbudget.wire;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * Makes a stream of completions report its usage: the service sends it only when the request asks for it, and then in a
 * chunk of its own that a client who did not ask must not see.
 */
final class StreamUsage {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private StreamUsage() {}

    static PreparedRequest askedFor(HttpExchange.Request request) {
        RequestBody body = RequestBody.of(request);
        if (!body.isStreaming() || body.asksForUsage()) {
            return PreparedRequest.unchanged(request);
        }
        JsonObject json = body.json();
        JsonObject options =
                json.get(RequestBody.STREAM_OPTIONS) instanceof JsonObject given ? given : new JsonObject();
        options.addProperty(RequestBody.INCLUDE_USAGE, true);
        json.add(RequestBody.STREAM_OPTIONS, options);
        byte[] changed = GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
        return new PreparedRequest(request.withBody(changed), UsageChunkFilter::new);
    }
}
