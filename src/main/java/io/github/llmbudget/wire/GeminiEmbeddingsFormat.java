package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads embeddings of the Gemini API and of Vertex, which counts the tokens of each text apart.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class GeminiEmbeddingsFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = JsonAnswer.of(Operation.EMBEDDINGS, GeminiFormat.FAMILY)
            .outputless()
            .at("error", AnswerField.ERROR)
            .at("usageMetadata", AnswerField.USAGE)
            .at("usageMetadata.promptTokenCount", AnswerField.INPUT)
            .at("usageMetadata.totalTokenCount", AnswerField.TOTAL)
            .at("predictions.[].embeddings.statistics.token_count", AnswerField.INPUT_PART)
            .build();

    /** Creates the format; found through its services file. */
    public GeminiEmbeddingsFormat() {
        super(":(embedContent|batchEmbedContents|predict)", ANSWER);
    }
}
