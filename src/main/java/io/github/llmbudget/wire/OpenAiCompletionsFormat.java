package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads legacy text completions.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiCompletionsFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OpenAiFields.promptAndCompletion(Operation.COMPLETIONS)
            .at("choices.[].text", AnswerField.TEXT)
            .usageOnRequest()
            .promptAt("prompt")
            .build();

    /** Creates the format; found through its services file. */
    public OpenAiCompletionsFormat() {
        super("(?<!/(chat|agents|fim))/completions", ANSWER);
    }

    @Override
    public PreparedRequest prepare(HttpExchange.Request request) {
        return StreamUsage.askedFor(request);
    }
}
