package demo;

import io.github.llmbudget.call.Operation;
import io.github.llmbudget.wire.AnswerField;
import io.github.llmbudget.wire.JsonAnswer;
import io.github.llmbudget.wire.JsonFormat;

// tag::own-format[]
/** Reads chats of Cohere. What it bills is less than what it processes, so the billed units count. */
public final class CohereFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = JsonAnswer.of(Operation.CHAT, "cohere")
            .at("id", AnswerField.RESPONSE_ID)
            // Of an answer that comes whole
            .at("usage.billed_units", AnswerField.USAGE)
            .at("usage.billed_units.input_tokens", AnswerField.INPUT)
            .at("usage.billed_units.output_tokens", AnswerField.OUTPUT)
            .at("message.content.[].text", AnswerField.TEXT)
            // Of the events of a stream
            .at("delta.usage.billed_units", AnswerField.USAGE)
            .at("delta.usage.billed_units.input_tokens", AnswerField.INPUT)
            .at("delta.usage.billed_units.output_tokens", AnswerField.OUTPUT)
            .at("delta.message.content.text", AnswerField.TEXT)
            .at("type", AnswerField.KIND)
            .lastKinds("message-end")
            // Of the request, for an estimate where the answer tells no usage
            .promptAt("messages")
            .build();

    public CohereFormat() {
        super("/v2/chat", ANSWER);
    }
}
// end::own-format[]
