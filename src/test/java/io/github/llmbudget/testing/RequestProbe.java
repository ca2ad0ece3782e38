package io.github.llmbudget.testing;

import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.UsageReader;
import io.github.llmbudget.wire.WireFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Shows tests the requests that formats are asked about. It keeps those with "/seen/by/" in their path, and reads none. */
public final class RequestProbe implements WireFormat {

    private static final Map<String, HttpExchange.Request> SEEN = new ConcurrentHashMap<>();

    public static HttpExchange.Request seen(String path) {
        HttpExchange.Request request = SEEN.get(path);
        if (request == null) {
            throw new AssertionError("No format was asked about " + path);
        }
        return request;
    }

    @Override
    public boolean matches(HttpExchange.Request request) {
        if (request.path().contains("/seen/by/")) {
            SEEN.put(request.path(), request);
        }
        return false;
    }

    @Override
    public UsageReader open(HttpExchange.Request request) {
        throw new UnsupportedOperationException();
    }
}
