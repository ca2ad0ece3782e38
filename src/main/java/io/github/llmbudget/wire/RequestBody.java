package io.github.llmbudget.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, as far as it tells about the call: a JSON object, or the fields of a form, which count as texts.
 * Any other body tells nothing.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RequestBody {

    static final String STREAM_OPTIONS = "stream_options";
    static final String INCLUDE_USAGE = "include_usage";

    private final JsonObject json;

    private RequestBody(JsonObject json) {
        this.json = json;
    }

    /**
     * Reads the body of a request.
     *
     * @param request the request
     * @return its body
     */
    public static RequestBody of(HttpExchange.Request request) {
        return new RequestBody(MultipartForm.fields(request).orElseGet(() -> parsed(request.body())));
    }

    private static JsonObject parsed(byte[] bytes) {
        try {
            JsonElement body = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8));
            return body.isJsonObject() ? body.getAsJsonObject() : new JsonObject();
        } catch (JsonParseException e) {
            // The service will refuse it, and its answer is recorded like any other.
            return new JsonObject();
        }
    }

    /**
     * Returns the body as it is.
     *
     * @return the JSON object, empty if the body is none
     */
    public JsonObject json() {
        return json;
    }

    /**
     * Returns the model the request names.
     *
     * @return the name, {@code null} if it names none
     */
    public @Nullable String model() {
        return text("model");
    }

    /**
     * Tells whether the request asks for a stream.
     *
     * @return whether it does
     */
    public boolean isStreaming() {
        return isTrue(json, "stream");
    }

    /** Tells whether any of some members is there. */
    boolean hasAny(List<String> members) {
        return members.stream().anyMatch(json::has);
    }

    /** Tells whether the request lets the service run a tool, whatever its version. */
    boolean declaresTool(String type) {
        if (!(json.get("tools") instanceof JsonArray tools)) {
            return false;
        }
        for (JsonElement tool : tools) {
            String declared = tool.isJsonObject() ? string(tool.getAsJsonObject(), "type") : null;
            if (declared != null && declared.startsWith(type)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the request says that it wants no stream. */
    boolean refusesStreaming() {
        return json.get("stream") instanceof JsonPrimitive flag && !flag.getAsBoolean();
    }

    /**
     * Tells whether the request asks for the usage of its stream.
     *
     * @return whether it does
     */
    public boolean asksForUsage() {
        return json.get(STREAM_OPTIONS) instanceof JsonObject options && isTrue(options, INCLUDE_USAGE);
    }

    /**
     * Returns a member that is text.
     *
     * @param key the member's name
     * @return its value, {@code null} if it is absent or no text
     */
    public @Nullable String text(String key) {
        return string(json, key);
    }

    private static boolean isTrue(JsonObject object, String key) {
        return object.get(key) instanceof JsonPrimitive flag && flag.getAsBoolean();
    }

    private static @Nullable String string(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
    }
}
