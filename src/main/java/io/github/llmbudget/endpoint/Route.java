package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.HttpExchange;

/** What answers the requests to one address. Safe for use by many threads. */
@FunctionalInterface
interface Route {

    /**
     * Sends a request on its way.
     *
     * @param request the request, its path relative to the address
     * @return the answer, which the relay hands to the client as it comes
     * @throws DroppedConnectionException if the client must see a dropped connection instead
     */
    Exchange open(HttpExchange.Request request) throws DroppedConnectionException;
}
