package io.github.llmbudget.token;

import org.apiguardian.api.API;

/**
 * A text of an answer.
 *
 * @param text the text, empty if it was too long to be kept
 * @param countedTokens the tokens of a text that was not kept but counted as it came, 0 for any other
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record WrittenText(String text, long countedTokens) {

    /**
     * A text that was kept.
     *
     * @param text the text
     */
    public WrittenText(String text) {
        this(text, 0);
    }

    /** Returns this text with another behind it. */
    WrittenText with(WrittenText more) {
        return new WrittenText(text + more.text, countedTokens + more.countedTokens);
    }
}
