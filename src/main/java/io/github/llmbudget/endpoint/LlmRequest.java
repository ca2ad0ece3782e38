package io.github.llmbudget.endpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.JsonPath;
import io.github.llmbudget.wire.RequestBody;
import io.github.llmbudget.wire.RequestedModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A request as a mocked service sees it. Immutable and safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class LlmRequest {

    private static final List<String> PROMPTS = List.of("messages", "input", "prompt");

    private final HttpExchange.Request request;
    private final RequestBody body;

    LlmRequest(HttpExchange.Request request) {
        this.request = request;
        this.body = RequestBody.of(request);
    }

    /**
     * Returns the HTTP method.
     *
     * @return the method, such as {@code POST}
     */
    public String method() {
        return request.method();
    }

    /**
     * Returns the path below the root of the endpoint, without its query.
     *
     * @return the path, such as {@code /v1/chat/completions}
     */
    public String path() {
        return request.operationPath();
    }

    /**
     * Returns the model that the request names, in its body or, as Azure's deployments are, in its path.
     *
     * @return the name, {@code null} if it names none
     */
    public @Nullable String model() {
        return RequestedModel.of(request, body);
    }

    /**
     * Tells whether the request asks for a stream.
     *
     * @return whether it does
     */
    public boolean isStreaming() {
        return body.isStreaming();
    }

    /**
     * Returns what the user said last: the text of the last message of a chat or a response with the role {@code user}, or
     * the last text to be completed, embedded or moderated.
     *
     * @return the text, empty if there is none
     */
    public String lastUserText() {
        for (String member : PROMPTS) {
            JsonElement prompt = body.json().get(member);
            if (prompt != null) {
                return lastText(prompt);
            }
        }
        return "";
    }

    private static String lastText(JsonElement prompt) {
        if (!(prompt instanceof JsonArray items)) {
            return text(prompt);
        }
        for (int at = items.size() - 1; at >= 0; at--) {
            JsonElement item = items.get(at);
            if (!(item instanceof JsonObject message)) {
                return text(item);
            }
            if ("user".equals(text(message.get("role")))) {
                return text(message.get("content"));
            }
        }
        return "";
    }

    /** Returns a text, or the texts of the parts that a content is made of, a line each. */
    private static String text(@Nullable JsonElement content) {
        if (content instanceof JsonArray parts) {
            return String.join(
                    "\n",
                    parts.asList().stream()
                            .map(LlmRequest::text)
                            .filter(text -> !text.isEmpty())
                            .toList());
        }
        if (content instanceof JsonObject part) {
            return text(part.get("text"));
        }
        return content != null && content.isJsonPrimitive() ? content.getAsString() : "";
    }

    /**
     * Returns the body as it was sent.
     *
     * @return the text, empty if there is none
     */
    public String body() {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    /**
     * Finds values in the body.
     *
     * @param path a JSON path, such as {@code $.messages[0].content} or {@code $.tools[*].function.name}
     * @return what is there, strings as they are, anything else as JSON; empty if nothing is
     * @throws io.github.llmbudget.config.ConfigurationException if it is no such path
     */
    public List<String> json(String path) {
        return JsonPath.of(path).find(body.json()).stream()
                .map(value -> value.isJsonPrimitive() ? value.getAsString() : value.toString())
                .toList();
    }

    HttpExchange.Request http() {
        return request;
    }

    RequestBody fields() {
        return body;
    }

    /** Returns method, path and model, and nothing that may hold a key. */
    @Override
    public String toString() {
        return request + (model() == null ? "" : " for model \"" + model() + "\"");
    }
}
