package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads Ollama's own chats.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OllamaChatFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OllamaFields.of(Operation.CHAT)
            .at("message.content", AnswerField.TEXT)
            .at("message.thinking", AnswerField.TEXT)
            .promptAt("messages", "tools")
            .build();

    /** Creates the format; found through its services file. */
    public OllamaChatFormat() {
        super("/api/chat", ANSWER);
    }
}
