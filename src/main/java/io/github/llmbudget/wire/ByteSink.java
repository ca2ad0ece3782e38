package io.github.llmbudget.wire;

import org.apiguardian.api.API;

/**
 * Takes bytes as they come.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface ByteSink {

    /**
     * Takes the next bytes. The array belongs to the caller: it must not be changed, and is reused after the
     * call.
     *
     * @param bytes holds the bytes
     * @param offset where they begin
     * @param length how many there are
     */
    void accept(byte[] bytes, int offset, int length);
}
