package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads embeddings, which have no output tokens.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiEmbeddingsFormat implements WireFormat {

    private static final FieldPaths PATHS = OpenAiFields.promptAndCompletion();

    /** Creates the format; found through its services file. */
    public OpenAiEmbeddingsFormat() {}

    @Override
    public boolean matches(HttpExchange.Request request) {
        return request.isPostTo("/embeddings");
    }

    @Override
    public UsageReader open(HttpExchange.Request request) {
        RequestBody body = RequestBody.of(request);
        return new JsonUsageReader(
                Operation.EMBEDDINGS, request, body, PATHS, counter -> body.plainTokens("input", counter));
    }
}
