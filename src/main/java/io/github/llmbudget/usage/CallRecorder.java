package io.github.llmbudget.usage;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.token.EarlierAnswers;
import io.github.llmbudget.wire.HttpExchange;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * Takes the calls of one test that do not pass its endpoint. Take it as a parameter of a test method, and give it to
 * whatever sees the calls of your client:
 *
 * <pre>{@code
 * @Test
 * @MaxTokens(1_000)
 * void answers(CallRecorder recorder) {
 *     ownClient.onAnswer(answer -> recorder.record(LlmCall.of(Operation.CHAT, answer.model())
 *             .tokens(TokenCounts.of(answer.inputTokens(), answer.outputTokens()), CountSource.REPORTED)
 *             .origin(Origin.LIVE)
 *             .build()));
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface CallRecorder {

    /**
     * Records a call that began and ended elsewhere.
     *
     * @param call the call
     * @throws IllegalStateException if the test is over
     */
    default void record(LlmCall call) {
        begin(call.origin(), () -> call).end(call);
    }

    /**
     * Notes that a call begins, so that the test waits for it.
     *
     * @param origin who will answer it
     * @param unfinished describes the call by its request alone, in case it never ends
     * @return the running call; it must be ended
     * @throws IllegalStateException if the test is over
     */
    default OpenCall begin(Origin origin, Supplier<LlmCall> unfinished) {
        return begin(origin, unfinished, () -> {});
    }

    /**
     * Notes that a call begins for which something is held until it has ended.
     *
     * @param origin who will answer it
     * @param unfinished describes the call by its request alone, in case it never ends
     * @param settled is run once, when the call has been recorded, however it ended
     * @return the running call; it must be ended
     * @throws IllegalStateException if the test is over
     */
    OpenCall begin(Origin origin, Supplier<LlmCall> unfinished, Runnable settled);

    /**
     * Notes that a client tells of a call that begins. If the call also passes the endpoint of its test, it is recorded as it
     * was seen there, each attempt by itself, and what the client tells of it is not recorded.
     *
     * @param origin who will answer it
     * @param unfinished describes the call by its request alone, in case the client never tells of its end
     * @return the running call; it should be ended with what the client told
     * @throws IllegalStateException if the test is over
     */
    default OpenCall beginTold(Origin origin, Supplier<LlmCall> unfinished) {
        return begin(origin, unfinished);
    }

    /**
     * Notes that a call was refused before it began. It is none, though the client may tell of one that failed.
     *
     * @param call what it would have been
     */
    default void refused(LlmCall call) {}

    /**
     * Tells what a call that begins now is made for.
     *
     * @return the role of the innermost open span, {@link Role#SUBJECT} if there is none
     */
    Role role();

    /**
     * Returns a recorder for a call that is about to begin, whose span and role stay what they are now.
     *
     * @return the recorder
     */
    default CallRecorder now() {
        return this;
    }

    /**
     * Notes that somebody fetches, cancels or carries on what an earlier call began, so that the test waits for it. If
     * the answer tells usage, it is that of the earlier call of this test with the same response id; it is never a call
     * of its own.
     *
     * @return the running retrieval; it must be ended with what was read
     * @throws IllegalStateException if the test is over
     */
    OpenCall beginRetrieval();

    /**
     * Returns what the answers of this test told so far, which later requests may refer to.
     *
     * @return the memory of this test
     */
    EarlierAnswers earlierAnswers();

    /**
     * Notes that reading or serving a call failed through no fault of the code under test. The test will fail for it.
     *
     * @param failure what went wrong
     */
    void failed(Throwable failure);

    /** A call that has begun and not yet ended. */
    @FunctionalInterface
    interface OpenCall {

        /**
         * Ends the call. Only the first end counts: a call that ends after its test has been recorded as unfinished.
         *
         * @param call what it was
         */
        void end(LlmCall call);

        /**
         * Tells what was asked, where that is kept.
         *
         * @param request the request as the client sent it
         * @return hears the answer
         */
        default AnswerListener asked(HttpExchange.Request request) {
            return AnswerListener.NONE;
        }
    }
}
