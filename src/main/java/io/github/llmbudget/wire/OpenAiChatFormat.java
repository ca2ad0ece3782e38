package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import io.github.llmbudget.token.TokenRules;
import org.apiguardian.api.API;

/**
 * Reads chat completions of OpenAI, Azure and compatible services.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiChatFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = answer();

    /** Creates the format; found through its services file. */
    public OpenAiChatFormat() {
        // Mistral answers agents and fillings-in as chats; Writer leaves out the last word.
        super("/(chat|agents|fim)/completions|/v1/chat", ANSWER);
    }

    /** Cohere and LM Studio have other things at the shorter path. */
    @Override
    public boolean matches(HttpExchange.Request request) {
        return super.matches(request)
                && (request.isPostTo("/completions")
                        || RequestBody.of(request).json().has("messages"));
    }

    @Override
    public PreparedRequest prepare(HttpExchange.Request request) {
        return StreamUsage.askedFor(request);
    }

    private static JsonAnswer answer() {
        JsonAnswer.Builder answer = OpenAiFields.promptAndCompletion(Operation.CHAT)
                .usageOnRequest()
                .prompt(TokenRules.CHAT, "messages");
        // Mistral counts the tier into the usage.
        answer.at("usage.service_tier", AnswerField.SERVICE_TIER);
        for (String message : new String[] {"choices.[].message.", "choices.[].delta."}) {
            answer.at(message + "content", AnswerField.TEXT)
                    .at(message + "content.[].text", AnswerField.TEXT)
                    .at(message + "refusal", AnswerField.TEXT)
                    .at(message + "reasoning_content", AnswerField.TEXT)
                    .at(message + "reasoning", AnswerField.TEXT)
                    .at(message + "function_call", AnswerField.CALL)
                    .at(message + "function_call.name", AnswerField.CALL_NAME)
                    .at(message + "function_call.arguments", AnswerField.CALL_ARGUMENTS)
                    .at(message + "tool_calls.[]", AnswerField.CALL)
                    .at(message + "tool_calls.[].index", AnswerField.CALL_INDEX)
                    .at(message + "tool_calls.[].function.name", AnswerField.CALL_NAME)
                    .at(message + "tool_calls.[].function.arguments", AnswerField.CALL_ARGUMENTS);
        }
        return answer.build();
    }
}
