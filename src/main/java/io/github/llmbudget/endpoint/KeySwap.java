package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.HttpExchange;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the real key where the client put its placeholder, and the placeholder where the service repeats the real key. A
 * key that the client was given on purpose stays as it is.
 */
final class KeySwap {

    private static final String AUTHORIZATION = "Authorization";

    /** Where clients put a key: OpenAI's, Anthropic's, Azure's, Gemini's. */
    private static final Set<String> KEY_HEADERS = Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

    /** Where clients of Gemini put it too. */
    private static final String KEY_PARAMETER = "key=";

    /** What is shorter is no secret, but may be a word that answers use: servers without keys are given any. */
    private static final int SHORTEST_SECRET = 16;

    private final String placeholder;
    private final @Nullable String key;
    private final List<String> secrets;

    KeySwap(String placeholder, @Nullable String key) {
        this.placeholder = placeholder;
        this.key = key;
        this.secrets = key == null || key.length() < SHORTEST_SECRET
                ? List.of()
                : Stream.of(key, encoded(key)).distinct().toList();
    }

    /** Returns the request as it goes to the service. Without a real key, the placeholder is left out. */
    HttpExchange.Request toService(HttpExchange.Request request) {
        List<HttpExchange.Header> headers = new ArrayList<>();
        for (HttpExchange.Header header : request.headers()) {
            if (!header.value().contains(placeholder)) {
                headers.add(header);
            } else if (key != null) {
                headers.add(
                        new HttpExchange.Header(header.name(), header.value().replace(placeholder, key)));
            }
        }
        if (key != null && !hasKey(request)) {
            headers.add(new HttpExchange.Header(AUTHORIZATION, "Bearer " + key));
        }
        return new HttpExchange.Request(
                request.method(), path(request.path()), headers, request.body(), request.host());
    }

    private boolean hasKey(HttpExchange.Request request) {
        return parameters(request.path())
                        .anyMatch(parameter -> parameter.startsWith(KEY_PARAMETER) || parameter.contains(placeholder))
                || request.headers().stream()
                        .anyMatch(header -> KEY_HEADERS.contains(header.name().toLowerCase(Locale.ROOT))
                                || header.value().contains(placeholder));
    }

    private String path(String path) {
        int query = path.indexOf('?');
        if (query < 0 || path.indexOf(placeholder, query) < 0) {
            return path;
        }
        if (key != null) {
            return path.substring(0, query) + path.substring(query).replace(placeholder, encoded(key));
        }
        String others = parameters(path)
                .filter(parameter -> !parameter.contains(placeholder))
                .collect(Collectors.joining("&"));
        return path.substring(0, query) + (others.isEmpty() ? "" : "?" + others);
    }

    private static Stream<String> parameters(String path) {
        int query = path.indexOf('?');
        return query < 0
                ? Stream.empty()
                : Arrays.stream(path.substring(query + 1).split("&", -1));
    }

    /** Returns headers as the client may see them: a redirect repeats the query of the request. */
    List<HttpExchange.Header> toClient(List<HttpExchange.Header> headers) {
        return headers.stream()
                .map(header -> new HttpExchange.Header(header.name(), toClient(header.value())))
                .toList();
    }

    private String toClient(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, placeholder);
        }
        return hidden;
    }

    /** Returns a body as the client may see it: an error may repeat what was wrong with the request. */
    InputStream toClient(InputStream body) {
        InputStream hidden = body;
        for (String secret : secrets) {
            hidden = new SecretFilter(hidden, secret, placeholder);
        }
        return hidden;
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8);
    }
}
