package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads chat completions.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiChatFormat implements WireFormat {

    private static final FieldPaths PATHS = OpenAiFields.promptAndCompletion()
            .with("choices.[].message.content", Field.TEXT)
            .with("choices.[].message.refusal", Field.TEXT)
            .with("choices.[].message.tool_calls.[].function.name", Field.TEXT)
            .with("choices.[].message.tool_calls.[].function.arguments", Field.TEXT)
            .with("choices.[].delta.content", Field.TEXT)
            .with("choices.[].delta.refusal", Field.TEXT)
            .with("choices.[].delta.tool_calls.[].function.name", Field.TEXT)
            .with("choices.[].delta.tool_calls.[].function.arguments", Field.TEXT);

    /** Creates the format; found through its services file. */
    public OpenAiChatFormat() {}

    @Override
    public boolean matches(HttpExchange.Request request) {
        return request.isPostTo("/chat/completions");
    }

    @Override
    public UsageReader open(HttpExchange.Request request) {
        RequestBody body = RequestBody.of(request);
        return new JsonUsageReader(Operation.CHAT, request, body, PATHS, body::chatTokens);
    }

    @Override
    public PreparedRequest prepare(HttpExchange.Request request) {
        return StreamUsage.askedFor(request);
    }
}
