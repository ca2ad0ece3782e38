package io.github.llmbudget.wire;

import org.apiguardian.api.API;

/**
 * The bytes of a request's body. They can be read as often as needed, and are the same each time. Safe for use by many
 * threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface RequestContent {

    /**
     * Returns all bytes.
     *
     * @return the bytes, which must not be changed
     */
    byte[] bytes();

    /**
     * Hands on all bytes, in as many pieces as they come in.
     *
     * @param sink takes them
     */
    default void passTo(Sink sink) {
        byte[] bytes = bytes();
        sink.accept(bytes, 0, bytes.length);
    }

    /**
     * Takes bytes as they come.
     *
     * @since 0.1
     */
    @FunctionalInterface
    @API(status = API.Status.INTERNAL, since = "0.1")
    interface Sink {

        /**
         * Takes the next bytes.
         *
         * @param bytes holds the bytes; must not be changed, and is reused after the call
         * @param offset where they begin
         * @param length how many there are
         */
        void accept(byte[] bytes, int offset, int length);
    }
}
