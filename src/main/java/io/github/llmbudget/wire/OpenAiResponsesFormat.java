package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads responses, whole, as a stream, and compacted. What fetches or cancels a response repeats its usage.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiResponsesFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = answer();

    /** Creates the format; found through its services file. */
    public OpenAiResponsesFormat() {
        super("/responses(/compact)?", "/responses/(?!input_tokens$)[^/]+(/cancel)?", ANSWER);
    }

    private static JsonAnswer answer() {
        JsonAnswer.Builder answer = JsonAnswer.of(Operation.RESPONSES, OpenAiFields.FAMILY)
                .at("type", AnswerField.KIND)
                .lastKinds("response.completed", "response.incomplete", "response.failed")
                .at("delta", AnswerField.TEXT)
                .at("output.[].content.[].text", AnswerField.TEXT)
                .at("output.[].arguments", AnswerField.TEXT)
                .prompt(body -> body::responseTokens, "input", "instructions");
        // In an event the response stands one level down.
        for (String at : new String[] {"", "response."}) {
            String item = at + "output.[]";
            OpenAiFields.inputAndOutput(answer, at)
                    .at(item, AnswerField.TOOL_ITEM)
                    .at(item + ".type", AnswerField.TOOL_ITEM_TYPE)
                    .at(item + ".action.type", AnswerField.TOOL_ITEM_ACTION)
                    .at(item + ".container_id", AnswerField.TOOL_ITEM_CONTAINER);
        }
        return answer.build();
    }
}
