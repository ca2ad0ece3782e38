package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads Ollama's own completions.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OllamaGenerateFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OllamaFields.of(Operation.COMPLETIONS)
            .at("response", AnswerField.TEXT)
            .at("thinking", AnswerField.TEXT)
            .promptAt("system", "prompt")
            .build();

    /** Creates the format; found through its services file. */
    public OllamaGenerateFormat() {
        super("/api/generate", ANSWER);
    }
}
