package io.github.llmbudget.endpoint;

import io.github.llmbudget.call.TokenCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a mocked service answers to one request. The same reply serves chat completions, legacy completions and
 * responses, streamed or not, as the request asks; its shape is the real service's.
 *
 * <p>Immutable: each method returns a changed copy. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Reply {

    private static final int LOWEST_ERROR = 400;
    private static final int HIGHEST_ERROR = 599;

    /** What a reply is made of. */
    sealed interface Content permits Text, Embedding, Failure, NoAnswer {}

    /** Text, in the pieces in which it is streamed. */
    record Text(List<String> chunks) implements Content {}

    /** One vector, which answers each input of an embeddings request. */
    record Embedding(List<Float> vector) implements Content {}

    /** An error of the service. */
    record Failure(int status, String message) implements Content {}

    /** The connection drops before anything is answered. */
    record NoAnswer() implements Content {}

    /** Where the usage of a reply comes from. */
    enum UsageRule {
        COUNTED,
        GIVEN,
        NONE
    }

    private final Content content;
    private @Nullable String model;
    private UsageRule usageRule = UsageRule.COUNTED;
    private TokenCounts usage = TokenCounts.NONE;
    private Duration delay = Duration.ZERO;
    private Duration chunkDelay = Duration.ZERO;
    private int cutAfter = Integer.MAX_VALUE;

    private Reply(Content content) {
        this.content = content;
    }

    private Reply(Reply other) {
        this.content = other.content;
        this.model = other.model;
        this.usageRule = other.usageRule;
        this.usage = other.usage;
        this.delay = other.delay;
        this.chunkDelay = other.chunkDelay;
        this.cutAfter = other.cutAfter;
    }

    /**
     * Answers with a text; where the request asks for a stream, a word a chunk.
     *
     * @param text what the model says
     * @return the reply
     */
    public static Reply text(String text) {
        return new Reply(new Text(words(text)));
    }

    /**
     * Answers with a text in given chunks. A request that does not ask for a stream gets it whole.
     *
     * @param chunks the pieces, in order
     * @return the reply
     */
    public static Reply stream(String... chunks) {
        return new Reply(new Text(List.of(chunks)));
    }

    /**
     * Answers an embeddings request with a vector for each of its inputs.
     *
     * @param vector the vector
     * @return the reply
     */
    public static Reply embedding(float... vector) {
        List<Float> values = new ArrayList<>(vector.length);
        for (float value : vector) {
            values.add(value);
        }
        return new Reply(new Embedding(List.copyOf(values)));
    }

    /**
     * Answers with an error of the service.
     *
     * @param status the HTTP status, 400 to 599; clients repeat a request after 408, 409, 429 and 5xx
     * @param message the message in the error body
     * @return the reply
     * @throws IllegalArgumentException if the status is no error
     */
    public static Reply error(int status, String message) {
        if (status < LOWEST_ERROR || status > HIGHEST_ERROR) {
            throw new IllegalArgumentException(
                    "Reply.error(" + status + ", ...): an error status is between 400 and 599.");
        }
        return new Reply(new Failure(status, message));
    }

    /**
     * Drops the connection instead of answering.
     *
     * @return the reply
     */
    public static Reply droppedConnection() {
        return new Reply(new NoAnswer());
    }

    /**
     * Names the model in the answer; by default it is the one the request names.
     *
     * @param name the model's name
     * @return a changed copy
     */
    public Reply model(String name) {
        Reply copy = new Reply(this);
        copy.model = name;
        return copy;
    }

    /**
     * Reports these token counts instead of counting them.
     *
     * @param inputTokens all input tokens
     * @param outputTokens all output tokens
     * @return a changed copy
     * @throws IllegalArgumentException if a count is negative
     */
    public Reply usage(long inputTokens, long outputTokens) {
        return usage(TokenCounts.of(inputTokens, outputTokens));
    }

    /**
     * Reports these token counts instead of counting them.
     *
     * @param counts the counts
     * @return a changed copy
     */
    public Reply usage(TokenCounts counts) {
        Reply copy = new Reply(this);
        copy.usageRule = UsageRule.GIVEN;
        copy.usage = counts;
        return copy;
    }

    /**
     * Reports no usage at all, as many compatible services do for streams.
     *
     * @return a changed copy
     */
    public Reply withoutUsage() {
        Reply copy = new Reply(this);
        copy.usageRule = UsageRule.NONE;
        return copy;
    }

    /**
     * Lets the client wait for the first byte.
     *
     * @param time how long
     * @return a changed copy
     */
    public Reply after(Duration time) {
        Reply copy = new Reply(this);
        copy.delay = time;
        return copy;
    }

    /**
     * Lets the client wait between the chunks of a stream.
     *
     * @param time how long
     * @return a changed copy
     */
    public Reply chunkDelay(Duration time) {
        Reply copy = new Reply(this);
        copy.chunkDelay = time;
        return copy;
    }

    /**
     * Drops the connection in the middle of the answer.
     *
     * @param chunks how many chunks of text come before, where the answer is streamed; one that is not breaks off half-way
     * @return a changed copy
     */
    public Reply cutAfter(int chunks) {
        Reply copy = new Reply(this);
        copy.cutAfter = chunks;
        return copy;
    }

    Content content() {
        return content;
    }

    @Nullable
    String model() {
        return model;
    }

    UsageRule usageRule() {
        return usageRule;
    }

    TokenCounts usage() {
        return usage;
    }

    Duration delay() {
        return delay;
    }

    Duration chunkDelay() {
        return chunkDelay;
    }

    int cutAfter() {
        return cutAfter;
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split("(?<=\\s)(?=\\S)"));
    }
}
