package io.github.llmbudget.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
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

    private final RequestContent content;
    private final RequestScan.Found found;
    private volatile @Nullable JsonObject json;

    private RequestBody(RequestContent content, RequestScan.Found found, @Nullable JsonObject json) {
        this.content = content;
        this.found = found;
        this.json = json;
    }

    /**
     * Reads the body of a request.
     *
     * @param request the request
     * @return its body
     */
    public static RequestBody of(HttpExchange.Request request) {
        return request.fields();
    }

    /** Reads a body for the first time. */
    static RequestBody read(HttpExchange.Request request, RequestContent content) {
        RequestScan.Found found = RequestScan.of(request.operationPath(), content);
        if (found.isObject()) {
            return new RequestBody(content, found, null);
        }
        JsonObject json = MultipartForm.fields(request).orElseGet(() -> parsed(content.bytes()));
        return new RequestBody(content, RequestScan.Found.of(json, found.digest()), json);
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
     * @return the JSON object, empty if the body is none; must not be changed
     */
    public JsonObject json() {
        JsonObject known = json;
        if (known == null) {
            known = parsed(content.bytes());
            json = known;
        }
        return known;
    }

    /** Returns what tells this request from others: equal requests to the same path have it in common. */
    String digest() {
        return found.digest();
    }

    /**
     * Returns the model the request names.
     *
     * @return the name, {@code null} if it names none
     */
    public @Nullable String model() {
        return found.model();
    }

    /** Returns the model that the request names as Watsonx and others have it. */
    @Nullable
    String modelId() {
        return found.modelId();
    }

    /**
     * Tells whether the request asks for a stream.
     *
     * @return whether it does
     */
    public boolean isStreaming() {
        return Boolean.TRUE.equals(found.stream());
    }

    /**
     * Returns how many alternative answers the request asks for.
     *
     * @return the number, 1 unless it says otherwise
     */
    public long choices() {
        return found.choices();
    }

    /** Tells whether any of some members is there. */
    boolean hasAny(List<String> members) {
        return members.stream().anyMatch(json()::has);
    }

    /** Tells whether the request lets the service run a tool, whatever its version. */
    boolean declaresTool(String type) {
        if (!(json().get("tools") instanceof JsonArray tools)) {
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
        return Boolean.FALSE.equals(found.stream());
    }

    /**
     * Tells whether the request asks for the usage of its stream.
     *
     * @return whether it does
     */
    public boolean asksForUsage() {
        return found.usageAskedFor();
    }

    /**
     * Returns a member that is text.
     *
     * @param key the member's name
     * @return its value, {@code null} if it is absent or no text
     */
    public @Nullable String text(String key) {
        return string(json(), key);
    }

    private static @Nullable String string(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
    }
}
