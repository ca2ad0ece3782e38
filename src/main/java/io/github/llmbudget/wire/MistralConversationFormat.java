package io.github.llmbudget.wire;

import com.google.gson.JsonObject;
import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads conversations that Mistral begins, carries on and takes up again. OpenAI keeps conversations at the same paths;
 * those are free, and their requests have metadata in the place of inputs.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class MistralConversationFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OpenAiFields.promptAndCompletion(Operation.CHAT)
            .at("outputs.[].model", AnswerField.MODEL)
            .at("type", AnswerField.KIND)
            .lastKinds("conversation.response.done")
            .toolCallsAt("usage.connectors.web_search", BilledTools.WEB_SEARCH)
            .toolCallsAt("usage.connectors.code_interpreter", "code_interpreter")
            .toolCallsAt("usage.connectors.image_generation", "image_generation")
            .at("outputs.[].content", AnswerField.TEXT)
            .at("outputs.[].content.[].text", AnswerField.TEXT)
            .at("content", AnswerField.TEXT)
            .promptAt("instructions", "inputs", "tools")
            .build();

    /** Creates the format; found through its services file. */
    public MistralConversationFormat() {
        super("/v1/conversations(/[^/]+(/restart)?)?", ANSWER);
    }

    @Override
    public boolean matches(HttpExchange.Request request) {
        return super.matches(request) && isMistral(request);
    }

    private static boolean isMistral(HttpExchange.Request request) {
        JsonObject body = RequestBody.of(request).json();
        boolean begins = request.operationPath().endsWith("/conversations");
        return begins ? body.has("inputs") : !body.has("metadata");
    }
}
