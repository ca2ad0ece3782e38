package io.github.llmbudget.wire;

import java.io.IOException;
import org.apiguardian.api.API;

/**
 * Changes the bytes of an answer on their way to the client. Used by one thread.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ResponseFilter {

    /** Hands on every byte at once. */
    ResponseFilter NONE = new ResponseFilter() {
        @Override
        public void accept(byte[] bytes, int offset, int length, Sink client) throws IOException {
            client.write(bytes, offset, length);
        }
    };

    /**
     * Takes the next bytes and hands on what the client shall see.
     *
     * @param bytes holds the bytes
     * @param offset where they begin
     * @param length how many there are
     * @param client takes what the client shall see
     * @throws IOException if the client is gone
     */
    void accept(byte[] bytes, int offset, int length, Sink client) throws IOException;

    /**
     * Hands on what was held back, when the answer is over.
     *
     * @param client takes what the client shall see
     * @throws IOException if the client is gone
     */
    default void finish(Sink client) throws IOException {}

    /** Where the bytes go. */
    @FunctionalInterface
    interface Sink {

        /**
         * Writes bytes to the client.
         *
         * @param bytes holds the bytes
         * @param offset where they begin
         * @param length how many there are
         * @throws IOException if the client is gone
         */
        void write(byte[] bytes, int offset, int length) throws IOException;
    }
}
