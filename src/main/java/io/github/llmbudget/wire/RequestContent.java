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
    default void passTo(ByteSink sink) {
        byte[] bytes = bytes();
        sink.accept(bytes, 0, bytes.length);
    }
}
