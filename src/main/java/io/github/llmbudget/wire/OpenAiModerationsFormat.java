package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads moderations. OpenAI's are free and tell no tokens; Mistral's are neither.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiModerationsFormat extends JsonFormat {

    private static final JsonAnswer ANSWER =
            OpenAiFields.promptAndCompletion(Operation.MODERATIONS).build();

    /** Creates the format; found through its services file. */
    public OpenAiModerationsFormat() {
        super("/moderations", ANSWER);
    }
}
