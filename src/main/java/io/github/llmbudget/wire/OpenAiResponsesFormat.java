package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads responses.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiResponsesFormat implements WireFormat {

    private static final FieldPaths PATHS = OpenAiFields.response();

    /** Creates the format; found through its services file. */
    public OpenAiResponsesFormat() {}

    @Override
    public boolean matches(HttpExchange.Request request) {
        return request.isPostTo("/responses");
    }

    @Override
    public UsageReader open(HttpExchange.Request request) {
        RequestBody body = RequestBody.of(request);
        return new JsonUsageReader(Operation.RESPONSES, request, body, PATHS, body::responseTokens);
    }
}
