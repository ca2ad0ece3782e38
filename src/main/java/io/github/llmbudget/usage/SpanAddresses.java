package io.github.llmbudget.usage;

import org.apiguardian.api.API;

/**
 * Knows where the calls of a span are sent to.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface SpanAddresses {

    /** For tests without an endpoint. */
    SpanAddresses NONE = span -> {
        throw new IllegalStateException("This test has no endpoint, so its spans have no addresses");
    };

    /**
     * Returns the address of a span.
     *
     * @param span its number in its test, from 1
     * @return a URL without a trailing slash
     */
    String rootUrl(int span);
}
