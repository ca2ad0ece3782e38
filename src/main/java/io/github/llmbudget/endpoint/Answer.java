package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.HttpExchange;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An answer whose body is read as it comes. */
interface Answer extends Closeable {

    /** The length of a body of which only its end tells how long it is. */
    long UNKNOWN_LENGTH = -1;

    /** Returns status and headers, those about the connection left out. */
    HttpExchange.Response head();

    /**
     * Waits for the next bytes of the body.
     *
     * @param buffer takes them
     * @param offset where in it
     * @param beforeWaiting is run before bytes are waited for that may take their time, so that nobody waits meanwhile for
     *     those that have come
     * @return how many came, -1 at the end
     * @throws IOException if the connection broke
     */
    int read(byte[] buffer, int offset, Runnable beforeWaiting) throws IOException;

    /** Returns how many bytes the body has, {@link #UNKNOWN_LENGTH} if only its end tells. */
    default long length() {
        return UNKNOWN_LENGTH;
    }

    /** Returns when the answer was recorded, {@code null} if it was made for this request. */
    default @Nullable Instant recorded() {
        return null;
    }

    /** Lets a read that waits, or the next one, end as if the connection had broken. Another thread may ask for it. */
    void breakOff();

    /** Lets the rest come as fast as it can, for nobody waits for it but who counts it. Another thread may ask for it. */
    default void hurry() {}

    /** Gives up on what was not read. */
    @Override
    void close();
}
