package io.github.llmbudget.usage;

import io.github.llmbudget.wire.HttpExchange;
import org.apiguardian.api.API;

/**
 * Hears the answer of a call as it passes. It must not throw, nor take its time.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface AnswerListener {

    /** Hears nothing. */
    AnswerListener NONE = new AnswerListener() {
        @Override
        public void answered(HttpExchange.Response head) {}

        @Override
        public void passed(byte[] bytes, int offset, int length) {}

        @Override
        public void ended() {}
    };

    /**
     * Hears the head of the answer.
     *
     * @param head status and headers
     */
    void answered(HttpExchange.Response head);

    /**
     * Hears bytes of the answer's body.
     *
     * @param bytes holds the bytes; it is reused after the call
     * @param offset where they begin
     * @param length how many there are
     */
    void passed(byte[] bytes, int offset, int length);

    /** Hears that no more will come. May be called more than once. */
    void ended();
}
