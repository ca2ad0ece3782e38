package io.github.llmbudget.wire;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import org.apiguardian.api.API;

/**
 * Reads one answer as its bytes pass. However the bytes are cut, the call read from them is the same.
 *
 * <p>Used by one thread at a time: {@link #begin} once, {@link #accept} for each piece, {@link #finish} when the answer is
 * {@link #isComplete() complete} or over. If a complete answer goes on all the same, its bytes are handed in as well, and
 * {@code finish} is called a second time. {@link #close} is the last call.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface UsageReader extends AutoCloseable {

    /**
     * Takes the head of the answer.
     *
     * @param response status and headers
     */
    void begin(HttpExchange.Response response);

    /**
     * Takes the next bytes of the answer's body. The array belongs to the caller and is reused after the call.
     *
     * @param bytes holds the bytes
     * @param offset where they begin
     * @param length how many there are
     */
    void accept(byte[] bytes, int offset, int length);

    /**
     * Tells whether nothing that follows can change the call, though the body may go on. A client may stop reading
     * here, so the call must be recorded before these bytes reach it.
     *
     * @return whether the answer said its last word
     */
    boolean isComplete();

    /**
     * Tells whether any generated text has come, for the time to the first token.
     *
     * @return whether it has, {@code false} if this reader does not know
     */
    default boolean hasText() {
        return false;
    }

    /**
     * Counts the output that has come so far, for limits that hold while an answer is streamed. It is asked for between two
     * events, and only where it matters.
     *
     * @return the tokens of what has come, taken as a whole; 0 if this reader does not know
     */
    default long outputSoFar() {
        return 0;
    }

    /**
     * Ends the reading.
     *
     * @param status {@code COMPLETE} if the body came to its end, {@code CUT} if it broke off, {@code FAILED} if no
     *     answer came at all, {@code UNFINISHED} if nobody knows how it went on
     * @return what the call was, without its timing; its status is {@code FAILED} where the answer was an error
     */
    LlmCall finish(CallStatus status);

    /**
     * Ends the reading of an answer that somebody saw.
     *
     * @param status as in {@link #finish(CallStatus)}
     * @param by who answered
     * @param times when the call began, and how long it took
     * @return what the call was
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    default LlmCall finish(CallStatus status, Origin by, CallTiming times) {
        return finish(status).seen(by, times);
    }

    /** Lets go of what the reading needed. May be called more than once. */
    @Override
    default void close() {}
}
