package io.github.llmbudget.endpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.ReplyContent.Choice;
import io.github.llmbudget.endpoint.ReplyContent.Message;
import io.github.llmbudget.endpoint.ReplyContent.ToolCall;
import io.github.llmbudget.wire.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a mocked service answers to one request. The same reply serves chat completions, legacy completions and
 * responses, streamed or not, as the request asks; its shape is the real service's.
 *
 * <pre>{@code
 * Reply.text("In 5 days.");
 * Reply.stream("In ", "5 days.").usage(1_204, 310).tokensPerSecond(50);
 * Reply.toolCall("getOrder", "{\"id\": 7}");
 * Reply.error(429).retryAfter(Duration.ofSeconds(1));
 * }</pre>
 *
 * <p>The same reply to the same request is the same bytes and the same usage on every JVM.
 *
 * <p>Immutable: each method returns a changed copy. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Reply {

    private static final List<String> FINISH_REASONS = List.of("stop", "length", "tool_calls", "content_filter");
    private static final int LOWEST_ERROR = 400;
    private static final int HIGHEST_ERROR = 599;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MILLIS_PER_SECOND = 1000;

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\uffff]*");
    private static final List<String> FRAMING = List.of("Content-Length", "Transfer-Encoding");

    /** Where the usage of a reply comes from. */
    enum UsageRule {
        COUNTED,
        GIVEN,
        NONE
    }

    private final ReplyContent content;
    private @Nullable String model;
    private UsageRule usageRule = UsageRule.COUNTED;
    private TokenCounts usage = TokenCounts.NONE;
    private Delivery delivery = Delivery.AT_ONCE;
    private List<HttpExchange.Header> headers = List.of();
    private boolean obfuscated;

    private Reply(ReplyContent content) {
        this.content = content;
    }

    private Reply(Reply other, ReplyContent content) {
        this.content = content;
        this.model = other.model;
        this.usageRule = other.usageRule;
        this.usage = other.usage;
        this.delivery = other.delivery;
        this.headers = other.headers;
        this.obfuscated = other.obfuscated;
    }

    private Reply(Reply other) {
        this(other, other.content);
    }

    /**
     * Answers with a text; where the request asks for a stream, about a token a chunk.
     *
     * @param text what the model says
     * @return the reply
     */
    public static Reply text(String text) {
        return new Reply(Message.of(Choice.of(text)));
    }

    /**
     * Answers with a text in given chunks. A request that does not ask for a stream gets it whole.
     *
     * @param chunks the pieces, in order
     * @return the reply
     * @throws IllegalArgumentException if one ends within a character
     */
    public static Reply stream(String... chunks) {
        for (String chunk : chunks) {
            if (!chunk.isEmpty() && Character.isHighSurrogate(chunk.charAt(chunk.length() - 1))) {
                throw new IllegalArgumentException(
                        "Reply.stream(...): a chunk ends within a character, which no service does: the next one has its rest.");
            }
        }
        return new Reply(Message.of(new Choice(String.join("", chunks), List.of(chunks), false, List.of())));
    }

    /**
     * Answers with several choices, as the service does for a request with {@code n}. A response has one answer only, the
     * first. A reply of a single text answers such a request with that text n times.
     *
     * @param texts what the model says, a choice each
     * @return the reply
     * @throws IllegalArgumentException if there is none
     */
    public static Reply choices(String... texts) {
        if (texts.length == 0) {
            throw new IllegalArgumentException("Reply.choices(): an answer has at least one choice.");
        }
        return new Reply(Message.of(Arrays.stream(texts).map(Choice::of).toArray(Choice[]::new)));
    }

    /**
     * Answers with JSON, as a model does whose request asks for structured output.
     *
     * @param json the JSON text; it is sent as it is
     * @return the reply
     * @throws IllegalArgumentException if it is no JSON
     */
    public static Reply json(String json) {
        parsed("Reply.json(...)", json);
        return text(json);
    }

    /**
     * Answers that the model wants a tool to be called. The client sends the result in its next request, which takes the
     * next reply.
     *
     * @param function the name of the function
     * @param arguments its arguments, a JSON object
     * @return the reply
     * @throws IllegalArgumentException if the arguments are no JSON object
     */
    public static Reply toolCall(String function, String arguments) {
        return text("").withToolCall(function, arguments);
    }

    /**
     * Answers that the model will not do what it is asked.
     *
     * @param text what it says
     * @return the reply
     */
    public static Reply refusal(String text) {
        return new Reply(Message.of(new Choice(text, null, true, List.of())));
    }

    /**
     * Answers an embeddings request with the same vector for each of its inputs.
     *
     * @param vector the vector
     * @return the reply
     */
    public static Reply embedding(float... vector) {
        List<Float> values = new ArrayList<>(vector.length);
        for (float value : vector) {
            values.add(value);
        }
        return new Reply(new ReplyContent.Embedding(List.copyOf(values)));
    }

    /**
     * Answers an embeddings request with a vector of length 1 for each of its inputs, made from the words of the input:
     * the same text has the same vector everywhere, and the more words two texts share the closer they are. It has as many
     * dimensions as the request asks for, else as the model has.
     *
     * @return the reply
     */
    public static Reply embeddings() {
        return new Reply(new ReplyContent.Embedding(null));
    }

    /**
     * Answers a moderation request.
     *
     * @param flagged the categories that every input falls into, such as {@code violence}; none for harmless inputs
     * @return the reply
     * @throws IllegalArgumentException if there is no such category
     */
    public static Reply moderation(String... flagged) {
        for (String category : flagged) {
            if (!ModerationsShape.CATEGORIES.contains(category)) {
                throw new IllegalArgumentException("Reply.moderation(\"" + category + "\"): the categories are "
                        + String.join(", ", ModerationsShape.CATEGORIES) + ".");
            }
        }
        return new Reply(new ReplyContent.Moderation(new TreeSet<>(Set.of(flagged))));
    }

    /**
     * Answers a request for the models there are.
     *
     * @param names their names
     * @return the reply
     */
    public static Reply models(String... names) {
        return new Reply(new ReplyContent.Models(List.of(names)));
    }

    /**
     * Answers with an error of the service, worded as OpenAI words errors of that status.
     *
     * @param status the HTTP status, 400 to 599; clients repeat a request after 408, 409, 429 and 5xx
     * @return the reply
     * @throws IllegalArgumentException if the status is no error
     */
    public static Reply error(int status) {
        return failure(status, null, null);
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
        return failure(status, null, message);
    }

    /**
     * Answers with an error of the service that clients tell by its code.
     *
     * @param status the HTTP status, 400 to 599
     * @param code the code in the error body, such as {@code insufficient_quota} or {@code context_length_exceeded}
     * @param message the message in the error body
     * @return the reply
     * @throws IllegalArgumentException if the status is no error
     */
    public static Reply error(int status, String code, String message) {
        return failure(status, code, message);
    }

    private static Reply failure(int status, @Nullable String code, @Nullable String message) {
        if (status < LOWEST_ERROR || status > HIGHEST_ERROR) {
            throw new IllegalArgumentException(
                    "Reply.error(" + status + ", ...): an error status is between 400 and 599.");
        }
        return new Reply(new ReplyContent.Failure(status, code, message));
    }

    /**
     * Closes the connection instead of answering.
     *
     * @return the reply
     */
    public static Reply droppedConnection() {
        return new Reply(new ReplyContent.NoAnswer(false));
    }

    /**
     * Resets the connection instead of answering, as a service does that dies.
     *
     * @return the reply
     */
    public static Reply connectionReset() {
        return new Reply(new ReplyContent.NoAnswer(true));
    }

    /**
     * Answers with what a function makes of the request.
     *
     * @param function returns the reply to a request; may be called by many threads, and fails the test if it throws
     * @return the reply
     */
    public static Reply of(Function<LlmRequest, Reply> function) {
        return new Reply(new ReplyContent.Computed(function));
    }

    /**
     * Lets the model call one more tool, beside its text and the tools before.
     *
     * @param function the name of the function
     * @param arguments its arguments, a JSON object
     * @return a changed copy
     * @throws IllegalArgumentException if the arguments are no JSON object, or the reply is nothing that a model generates
     */
    public Reply withToolCall(String function, String arguments) {
        if (!parsed("The arguments of " + function, arguments).isJsonObject()) {
            throw new IllegalArgumentException("The arguments of " + function + " must be a JSON object: " + arguments);
        }
        return new Reply(this, message("withToolCall").withToolCall(new ToolCall(function, arguments)));
    }

    /**
     * Lets the model tell in short what it thought. Responses have it as an item of their output; chats do not show it.
     *
     * @param summary the summary
     * @return a changed copy
     * @throws IllegalArgumentException if the reply is nothing that a model generates
     */
    public Reply reasoning(String summary) {
        Message message = message("reasoning");
        return new Reply(this, new Message(message.choices(), summary, message.finishReason()));
    }

    /**
     * Says why the model stopped; by default {@code tool_calls} where it calls one, else {@code stop}.
     *
     * @param reason {@code stop}, {@code length}, {@code tool_calls} or {@code content_filter}; a response is incomplete
     *     after {@code length} and {@code content_filter}
     * @return a changed copy
     * @throws IllegalArgumentException if there is no such reason, or the reply is nothing that a model generates
     */
    public Reply finishReason(String reason) {
        if (!FINISH_REASONS.contains(reason)) {
            throw new IllegalArgumentException("Reply.finishReason(\"" + reason + "\"): a model stops for one of "
                    + String.join(", ", FINISH_REASONS) + ".");
        }
        Message message = message("finishReason");
        return new Reply(this, new Message(message.choices(), message.reasoning(), reason));
    }

    private Message message(String method) {
        if (content instanceof Message message) {
            return message;
        }
        throw new IllegalArgumentException(
                "Reply." + method + "(...) is for what a model says, and this reply is " + content.describe() + ".");
    }

    private static JsonElement parsed(String what, String json) {
        try {
            return Json.strictly(json);
        } catch (JsonParseException | IOException e) {
            throw new IllegalArgumentException(what + " must be JSON, and is not: " + json, e);
        }
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
     * Sends a header with the answer, in place of the service's own of that name.
     *
     * @param name its name
     * @param value its value
     * @return a changed copy
     * @throws IllegalArgumentException if HTTP does not allow such a name or value, or if the header tells how long the
     *     body is, which the endpoint says itself
     */
    public Reply header(String name, String value) {
        if (!HEADER_NAME.matcher(name).matches() || !HEADER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("Reply.header(\"" + name + "\", ...): HTTP allows no such header.");
        }
        if (FRAMING.stream().anyMatch(name::equalsIgnoreCase)) {
            throw new IllegalArgumentException(
                    "Reply.header(\"" + name + "\", ...): the endpoint itself says how long its answer is.");
        }
        Reply copy = new Reply(this);
        List<HttpExchange.Header> all = new ArrayList<>(headers);
        all.add(new HttpExchange.Header(name, value));
        copy.headers = List.copyOf(all);
        return copy;
    }

    /**
     * Tells the client when to try again, in the headers {@code Retry-After} and {@code Retry-After-Ms}.
     *
     * @param time how long to wait
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public Reply retryAfter(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Reply.retryAfter(" + time + "): nobody can wait less than no time.");
        }
        long seconds = (time.toMillis() + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND;
        return header("Retry-After", Long.toString(seconds)).header("Retry-After-Ms", Long.toString(time.toMillis()));
    }

    /**
     * Lets the client wait for the answer: neither its status nor any of its body comes before.
     *
     * @param time how long
     * @return a changed copy
     */
    public Reply after(Duration time) {
        return with(delivery.toFirstByte(time));
    }

    /**
     * Lets the client wait for the first chunk that the model generates, after the stream has begun.
     *
     * @param time how long
     * @return a changed copy
     */
    public Reply timeToFirstToken(Duration time) {
        return with(delivery.toFirstToken(time));
    }

    /**
     * Lets the client wait between the chunks of a stream.
     *
     * @param time how long
     * @return a changed copy
     */
    public Reply chunkDelay(Duration time) {
        return with(delivery.betweenChunks(time));
    }

    /**
     * Streams as fast as a model writes: each chunk comes as late as its tokens take.
     *
     * @param rate how many tokens come in a second, more than 0
     * @return a changed copy
     * @throws IllegalArgumentException if the rate is not positive
     */
    public Reply tokensPerSecond(int rate) {
        if (rate <= 0) {
            throw new IllegalArgumentException("Reply.tokensPerSecond(" + rate + "): the rate must be positive.");
        }
        return with(delivery.perToken(Duration.ofNanos(NANOS_PER_SECOND / rate)));
    }

    /**
     * Drops the connection in the middle of the answer.
     *
     * @param chunks how many chunks come before, or all if there are fewer, where the answer is streamed; one that is not
     *     breaks off half-way
     * @return a changed copy
     * @throws IllegalArgumentException if the number is negative
     */
    public Reply cutAfter(int chunks) {
        return withFault(Delivery.Fault.CUT, "cutAfter", chunks);
    }

    /**
     * Stops in the middle of the answer and keeps the connection open, until the client gives up or the test is over.
     *
     * @param chunks how many chunks come before, or all if there are fewer, where the answer is streamed; one that is not
     *     stalls half-way
     * @return a changed copy
     * @throws IllegalArgumentException if the number is negative
     */
    public Reply stallAfter(int chunks) {
        return withFault(Delivery.Fault.STALL, "stallAfter", chunks);
    }

    /**
     * Breaks the JSON in the middle of the answer; the rest of a stream comes as if nothing had been.
     *
     * @param chunks how many chunks come before, or all if there are fewer, where the answer is streamed; one that is not
     *     ends half-way
     * @return a changed copy
     * @throws IllegalArgumentException if the number is negative
     */
    public Reply malformedAfter(int chunks) {
        return withFault(Delivery.Fault.MALFORMED, "malformedAfter", chunks);
    }

    private Reply withFault(Delivery.Fault fault, String method, int chunks) {
        if (chunks < 0) {
            throw new IllegalArgumentException(
                    "Reply." + method + "(" + chunks + "): the number of chunks must not be negative.");
        }
        return with(delivery.fault(fault, chunks));
    }

    private Reply with(Delivery changed) {
        Reply copy = new Reply(this);
        copy.delivery = changed;
        return copy;
    }

    /**
     * Pads the chunks of a stream with a member {@code obfuscation}, as OpenAI does by default, unless the request has
     * {@code stream_options.include_obfuscation} false.
     *
     * @return a changed copy
     */
    public Reply obfuscated() {
        Reply copy = new Reply(this);
        copy.obfuscated = true;
        return copy;
    }

    ReplyContent content() {
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

    Delivery delivery() {
        return delivery;
    }

    List<HttpExchange.Header> headers() {
        return headers;
    }

    boolean isObfuscated() {
        return obfuscated;
    }

    /** Tells in a few words what is answered. */
    @Override
    public String toString() {
        return content.describe();
    }
}
