package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads legacy text completions.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiCompletionsFormat implements WireFormat {

    private static final FieldPaths PATHS = OpenAiFields.promptAndCompletion().with("choices.[].text", Field.TEXT);

    /** Creates the format; found through its services file. */
    public OpenAiCompletionsFormat() {}

    @Override
    public boolean matches(HttpExchange.Request request) {
        return request.isPostTo("/completions") && !request.isPostTo("/chat/completions");
    }

    @Override
    public UsageReader open(HttpExchange.Request request) {
        RequestBody body = RequestBody.of(request);
        return new JsonUsageReader(
                Operation.COMPLETIONS, request, body, PATHS, counter -> body.plainTokens("prompt", counter));
    }

    @Override
    public PreparedRequest prepare(HttpExchange.Request request) {
        return StreamUsage.askedFor(request);
    }
}
