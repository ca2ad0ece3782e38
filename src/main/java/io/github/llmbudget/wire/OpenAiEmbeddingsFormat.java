package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads embeddings. Voyage tells a total only, which is the input, for there is no output.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiEmbeddingsFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OpenAiFields.promptAndCompletion(Operation.EMBEDDINGS)
            .outputless()
            .promptAt("input")
            .build();

    /** Creates the format; found through its services file. */
    public OpenAiEmbeddingsFormat() {
        super("(?<!/api)/embeddings", ANSWER);
    }
}
