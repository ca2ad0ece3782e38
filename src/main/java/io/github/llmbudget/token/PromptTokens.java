package io.github.llmbudget.token;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Counts the input tokens of a prompt as OpenAI's services do: a chat is rendered with a few tokens around each
 * message, a plain prompt is not.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class PromptTokens {

    private static final int ANSWER_PRIMER = 3;
    private static final int MESSAGE_FRAME = 3;
    private static final int NAME_FRAME = 1;

    private final TokenCounter counter;

    /**
     * Creates the count for one encoding.
     *
     * @param counter counts the texts
     */
    public PromptTokens(TokenCounter counter) {
        this.counter = counter;
    }

    /**
     * Counts a chat.
     *
     * @param messages the messages, in order
     * @return the number of input tokens
     */
    public long ofChat(List<Message> messages) {
        long tokens = ANSWER_PRIMER;
        for (Message message : messages) {
            tokens += MESSAGE_FRAME + counter.count(message.role()) + counter.count(message.content());
            if (message.name() != null) {
                tokens += NAME_FRAME + counter.count(message.name());
            }
        }
        return tokens;
    }

    /**
     * Counts plain texts: a legacy completion's prompt, or the input of embeddings.
     *
     * @param texts the texts
     * @return the number of input tokens
     */
    public long ofTexts(List<String> texts) {
        return texts.stream().mapToLong(counter::count).sum();
    }

    /**
     * One message of a chat.
     *
     * @param role who speaks
     * @param content what is said, all text parts joined
     * @param name the speaker's name, if the message gives one
     */
    public record Message(
            String role, String content, @Nullable String name) {}
}
