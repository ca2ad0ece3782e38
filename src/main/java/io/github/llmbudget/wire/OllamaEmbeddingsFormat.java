package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads Ollama's own embeddings.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OllamaEmbeddingsFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OllamaFields.of(Operation.EMBEDDINGS)
            .outputless()
            .streamed(request -> false)
            .promptAt("input", "prompt")
            .build();

    /** Creates the format; found through its services file. */
    public OllamaEmbeddingsFormat() {
        super("/api/(embed|embeddings)", ANSWER);
    }
}
