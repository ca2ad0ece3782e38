package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.HttpExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whoever answers behind the endpoint. Safe for use by many threads. */
interface Upstream extends AutoCloseable {

    /**
     * Prepares to send a request.
     *
     * @param request the request, its path relative to the endpoint's root
     * @return the request on its way
     */
    Sending prepare(HttpExchange.Request request);

    /** A request on its way. */
    interface Sending {

        /**
         * Sends the request and waits for the head of its answer.
         *
         * @return the answer, to be read and closed
         * @throws IOException if no answer came
         */
        Answer await() throws IOException;

        /** Lets a mocked service wait no longer: nobody waits for it, and its answer costs the same. */
        default void hurry() {}

        /** Lets the wait end as if the connection had broken. Another thread may ask for it. */
        void breakOff();
    }

    /** Returns the host of the service, {@code null} if there is none. */
    @Nullable
    String host();

    /** Breaks off whatever is still being answered; safe to call while other threads read. */
    @Override
    void close();
}
