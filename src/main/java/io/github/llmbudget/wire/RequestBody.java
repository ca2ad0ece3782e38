package io.github.llmbudget.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.llmbudget.token.PromptTokens;
import io.github.llmbudget.token.TokenCounter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
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

    /** Members of messages that say what a text is, or hold what is no text. */
    private static final Set<String> NO_TEXT = Set.of(
            "role", "type", "data", "mimeType", "mime_type", "media_type", "image_url", "images", "cache_control");

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

    /** Counts the messages of a chat completion with its tools and its response format. */
    long chatTokens(TokenCounter counter) {
        return new PromptTokens(counter).ofChat(messages(json.get("messages"))) + declarations(counter);
    }

    /** Counts the instructions and the input of a response with its tools. */
    long responseTokens(TokenCounter counter) {
        List<PromptTokens.Message> messages = new ArrayList<>();
        String instructions = text("instructions");
        if (instructions != null) {
            messages.add(new PromptTokens.Message("system", instructions, null));
        }
        JsonElement input = json.get("input");
        if (input != null && input.isJsonPrimitive()) {
            messages.add(new PromptTokens.Message("user", input.getAsString(), null));
        } else {
            messages.addAll(messages(input));
        }
        return new PromptTokens(counter).ofChat(messages) + declarations(counter);
    }

    /** Counts the texts in some members: strings, token ids, and what lists and objects hold of them. */
    long textTokens(TokenCounter counter, String... members) {
        List<String> texts = new ArrayList<>();
        long ids = 0;
        for (String member : members) {
            ids += collectTexts(json.get(member), texts);
        }
        return ids + new PromptTokens(counter).ofTexts(texts);
    }

    private long declarations(TokenCounter counter) {
        long tokens = 0;
        for (String key : List.of("tools", "functions", "response_format")) {
            JsonElement declared = json.get(key);
            if (declared != null && !declared.isJsonNull()) {
                tokens += counter.count(declared.toString());
            }
        }
        return tokens;
    }

    private static long collectTexts(@Nullable JsonElement element, List<String> texts) {
        if (element instanceof JsonArray array) {
            return StreamSupport.stream(array.spliterator(), false)
                    .mapToLong(item -> collectTexts(item, texts))
                    .sum();
        }
        if (element instanceof JsonObject object) {
            return object.entrySet().stream()
                    .filter(member -> !NO_TEXT.contains(member.getKey()))
                    .mapToLong(member -> collectTexts(member.getValue(), texts))
                    .sum();
        }
        if (element instanceof JsonPrimitive primitive) {
            if (primitive.isNumber()) {
                return 1;
            }
            texts.add(primitive.getAsString());
        }
        return 0;
    }

    private static List<PromptTokens.Message> messages(@Nullable JsonElement list) {
        List<PromptTokens.Message> messages = new ArrayList<>();
        if (list != null && list.isJsonArray()) {
            for (JsonElement element : list.getAsJsonArray()) {
                if (element.isJsonObject()) {
                    messages.add(message(element.getAsJsonObject()));
                }
            }
        }
        return messages;
    }

    private static PromptTokens.Message message(JsonObject message) {
        StringBuilder content = new StringBuilder(contentText(message.get("content")));
        for (String key : List.of("tool_calls", "function_call", "arguments", "output")) {
            JsonElement part = message.get(key);
            if (part != null && !part.isJsonNull()) {
                content.append(part.isJsonPrimitive() ? part.getAsString() : part.toString());
            }
        }
        String role = string(message, "role");
        return new PromptTokens.Message(role == null ? "tool" : role, content.toString(), string(message, "name"));
    }

    private static String contentText(@Nullable JsonElement content) {
        if (content == null || content.isJsonNull()) {
            return "";
        }
        if (content.isJsonPrimitive()) {
            return content.getAsString();
        }
        StringBuilder text = new StringBuilder();
        if (content.isJsonArray()) {
            JsonArray parts = content.getAsJsonArray();
            for (JsonElement part : parts) {
                String partText = part.isJsonObject() ? string(part.getAsJsonObject(), "text") : null;
                if (partText != null) {
                    text.append(partText);
                }
            }
        }
        return text.toString();
    }

    private static boolean isTrue(JsonObject object, String key) {
        return object.get(key) instanceof JsonPrimitive flag && flag.getAsBoolean();
    }

    private static @Nullable String string(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
    }
}
