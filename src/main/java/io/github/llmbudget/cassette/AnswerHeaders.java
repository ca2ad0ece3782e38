package io.github.llmbudget.cassette;

import io.github.llmbudget.wire.HttpExchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which headers of an answer are kept: those that a client may act upon. What names or admits the one who recorded is never
 * written, and what differs each time without meaning would hide what really changed.
 */
final class AnswerHeaders {

    private static final Set<String> LEFT_OUT = Set.of(
            // About the connection; the length is that of the recorded body.
            "connection",
            "content-length",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            // About keys.
            "authentication-info",
            "authorization",
            "cookie",
            "set-cookie",
            "set-cookie2",
            "www-authenticate",
            "x-amz-security-token",
            // Different each time.
            "age",
            "alt-svc",
            "date",
            "expect-ct",
            "nel",
            "report-to",
            "reporting-endpoints",
            "server",
            "server-timing",
            "strict-transport-security",
            "traceparent",
            "tracestate",
            "via",
            "x-cache",
            "x-cache-hits",
            "x-response-time",
            "x-runtime",
            "x-served-by",
            "x-timer");

    private static final Pattern LEFT_OUT_TOO = Pattern.compile("(?:cf|proxy|x-envoy|x-b3|x-cloud-trace|x-amz-cf)-.*"
            + "|.*(?:organi[sz]ation|project|tenant|account|subscription|workspace|api-?key|auth-token|secret).*"
            + "|.*(?:request|correlation|trace|call|session|generation|inference)-?id"
            + "|.*-(?:ms|latency|duration|time|amzn-trace-id)"
            + "|.*rate-?limit.*(?:remaining|reset).*"
            + "|x-ms-(?:region|deployment-name|client-request-id|rai-invoked)");

    private AnswerHeaders() {}

    /** Leaves out those headers. Values of one name come together, as they are written. */
    static List<HttpExchange.Header> kept(List<HttpExchange.Header> headers) {
        Map<String, List<HttpExchange.Header>> byName = new LinkedHashMap<>();
        for (HttpExchange.Header header : headers) {
            if (isKept(header.name())) {
                byName.computeIfAbsent(header.name(), name -> new ArrayList<>()).add(header);
            }
        }
        return byName.values().stream().flatMap(List::stream).toList();
    }

    private static boolean isKept(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        // Tells clients how long to wait before they try again, where Retry-After does in whole seconds only.
        return lower.equals("retry-after-ms")
                || (!LEFT_OUT.contains(lower) && !LEFT_OUT_TOO.matcher(lower).matches());
    }
}
