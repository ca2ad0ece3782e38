package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads rankings of the services that tell tokens, such as Voyage and Jina. Those that bill by searches are unknown.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RerankFormat extends JsonFormat {

    private static final JsonAnswer ANSWER =
            OpenAiFields.promptAndCompletion(Operation.RERANK).outputless().build();

    /** Creates the format; found through its services file. */
    public RerankFormat() {
        super("/rerank", ANSWER);
    }
}
