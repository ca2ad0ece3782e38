package io.github.llmbudget.wire;

import io.github.llmbudget.token.TokenRules;
import org.apiguardian.api.API;

/**
 * Reads compactions of a conversation: responses whose text is encrypted.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiCompactionFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OpenAiResponsesFormat.answer()
            .prompt(TokenRules.COMPACTION, OpenAiResponsesFormat.PROMPT_MEMBERS)
            .build();

    /** Creates the format; found through its services file. */
    public OpenAiCompactionFormat() {
        super("/responses/compact", ANSWER);
    }
}
