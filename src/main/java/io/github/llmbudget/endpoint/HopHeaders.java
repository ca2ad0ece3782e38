package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.HttpExchange;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Headers that are about one connection, not about the exchange, and must not be forwarded. */
final class HopHeaders {

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect",
            "content-length",
            "host");

    private HopHeaders() {}

    /** Leaves out those headers, and those that a Connection header names. */
    static List<HttpExchange.Header> without(List<HttpExchange.Header> headers) {
        Set<String> named = headers.stream()
                .filter(header -> header.is("connection"))
                .flatMap(header -> Arrays.stream(header.value().split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Predicate<HttpExchange.Header> hop = header -> {
            String name = header.name().toLowerCase(Locale.ROOT);
            return HOP_BY_HOP.contains(name) || named.contains(name);
        };
        return headers.stream().filter(hop.negate()).toList();
    }
}
