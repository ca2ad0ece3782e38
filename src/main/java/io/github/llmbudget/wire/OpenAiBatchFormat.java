package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads batches. The batch is one call; whoever asks how far it is reads a total that grows until the work is done.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiBatchFormat extends JsonFormat {

    private static final JsonAnswer ANSWER =
            OpenAiFields.inputAndOutput(Operation.BATCH).build();

    /** Creates the format; found through its services file. */
    public OpenAiBatchFormat() {
        super("/batches", "/batches/[^/]+(/cancel)?", ANSWER);
    }
}
