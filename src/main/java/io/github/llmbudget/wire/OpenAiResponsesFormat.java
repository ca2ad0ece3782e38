package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import io.github.llmbudget.token.TokenRules;
import org.apiguardian.api.API;

/**
 * Reads responses, whole and as a stream. What fetches or cancels a response repeats its usage.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiResponsesFormat extends JsonFormat {

    /** Any of them makes a prompt. */
    static final String[] PROMPT_MEMBERS = {"input", "instructions", "previous_response_id", "prompt"};

    private static final JsonAnswer ANSWER =
            answer().prompt(TokenRules.RESPONSES, PROMPT_MEMBERS).build();

    /** Creates the format; found through its services file. */
    public OpenAiResponsesFormat() {
        super("/responses", "/responses/(?!(input_tokens|compact)$)[^/]+(/cancel)?", ANSWER);
    }

    static JsonAnswer.Builder answer() {
        JsonAnswer.Builder answer = JsonAnswer.of(Operation.RESPONSES, OpenAiFields.FAMILY)
                .at("type", AnswerField.KIND)
                .lastKinds("response.completed", "response.incomplete", "response.failed")
                .textKinds(
                        "response.output_item.added",
                        "response.output_text.delta",
                        "response.refusal.delta",
                        "response.function_call_arguments.delta",
                        "response.custom_tool_call_input.delta")
                .at("output_index", AnswerField.CHOICE_INDEX)
                .at("delta", AnswerField.TEXT)
                .at("item.name", AnswerField.CALL_NAME)
                .at("output.[].content.[].text", AnswerField.TEXT)
                .at("output.[].content.[].refusal", AnswerField.TEXT)
                .at("output.[].name", AnswerField.CALL_NAME)
                .at("output.[].arguments", AnswerField.CALL_ARGUMENTS)
                .at("output.[].input", AnswerField.CALL_ARGUMENTS);
        // In an event the response stands one level down.
        for (String at : new String[] {"", "response."}) {
            String item = at + "output.[]";
            OpenAiFields.inputAndOutput(answer, at)
                    .at(item, AnswerField.TOOL_ITEM)
                    .at(item + ".type", AnswerField.TOOL_ITEM_TYPE)
                    .at(item + ".action.type", AnswerField.TOOL_ITEM_ACTION)
                    .at(item + ".id", AnswerField.TOOL_ITEM_NAME)
                    .at(item + ".encrypted_content", AnswerField.TOOL_ITEM_NAME)
                    .at(item + ".container_id", AnswerField.TOOL_ITEM_CONTAINER);
        }
        return answer;
    }
}
