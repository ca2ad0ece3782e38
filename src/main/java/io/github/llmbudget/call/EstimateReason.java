package io.github.llmbudget.call;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * Why a count that was made here may differ from the one the service would have reported.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum EstimateReason {
    /** The service's tokenizer is not published; the text is counted as a model of OpenAI would count it. */
    FOREIGN_TOKENIZER("foreign-tokenizer", "the service's own tokenizer is not published", false),
    /** Nobody knows the model's name; the text is counted as one of OpenAI's newest models would count it. */
    UNKNOWN_MODEL("unknown-model", "the model's tokenizer is not known", false),
    /** The answer broke off; what the service wrote and nobody received is not in the count. */
    ANSWER_CUT("answer-cut", "the answer broke off", false),
    /** The answer had not ended when the test was over; what the service goes on to write is not in the count. */
    UNFINISHED("unfinished", "what was still to come is not in the count", true),
    /** The model reasons before it answers, and the answer does not show the reasoning. */
    REASONING_HIDDEN("reasoning-hidden", "hidden reasoning is not in the count", true),
    /** The request hands back encrypted reasoning of an answer that this test has not seen. */
    REPLAYED_REASONING("replayed-reasoning", "the length of replayed reasoning is not known", true),
    /** The request refers to messages that the service keeps and this test has not seen. */
    SERVER_SIDE_HISTORY("server-side-history", "messages that the service keeps are not in the count", true),
    /** The service adds instructions and results of tools that it runs itself. */
    HOSTED_TOOL("hosted-tool", "what the service's own tools add is not in the count", true),
    /** The request names an image whose size it does not tell, or one whose tokens follow no published rule. */
    IMAGE_SIZE_UNKNOWN("image-size-unknown", "an image may have more tokens than were counted", true),
    /** Request or answer holds audio. */
    AUDIO("audio", "audio is not in the count", true),
    /** The request holds a file that the service takes apart itself. */
    FILE("file", "a file is not in the count", true),
    /** The service adds a prompt of its own, as it does for its models that search. */
    HIDDEN_PROMPT("hidden-prompt", "a prompt that the service adds is not in the count", true),
    /** Request or answer holds something that no rule is known for. */
    UNKNOWN_CONTENT("unknown-content", "content of an unknown kind is not in the count", true);

    private final String label;
    private final String clause;
    private final boolean unknowable;

    EstimateReason(String label, String clause, boolean unknowable) {
        this.label = label;
        this.clause = clause;
        this.unknowable = unknowable;
    }

    /**
     * Finds a reason by its name in messages and reports.
     *
     * @param label for example {@code reasoning-hidden}
     * @return the reason
     * @throws IllegalArgumentException if there is none
     */
    public static EstimateReason ofLabel(String label) {
        return Arrays.stream(values())
                .filter(reason -> reason.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No reason of an estimate is called " + label));
    }

    /**
     * Returns the name used in messages and reports.
     *
     * @return for example {@code reasoning-hidden}
     */
    public String label() {
        return label;
    }

    /**
     * Explains the reason.
     *
     * @return a clause for a reader
     */
    public String clause() {
        return clause;
    }

    /**
     * Explains the reason and names it.
     *
     * @return for example {@code a file is not in the count (file)}
     */
    public String explanation() {
        return clause + " (" + label + ")";
    }

    /**
     * Tells whether request and answer do not hold what it takes to count all tokens, so that only a lower bound is known.
     *
     * @return whether a count with this reason is {@link CountSource#PARTIAL}
     */
    public boolean isUnknowable() {
        return unknowable;
    }

    /** Returns the label. */
    @Override
    public String toString() {
        return label;
    }
}
