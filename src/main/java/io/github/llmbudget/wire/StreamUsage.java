package io.github.llmbudget.wire;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a stream of completions report its usage: the service sends it only when the request asks for it, and then in a
 * chunk of its own that a client who did not ask must not see.
 */
final class StreamUsage {

    /** They report the usage of every stream, and know no option for it. */
    private static final Set<String> ALWAYS_REPORTING = Set.of("api.mistral.ai", "api.perplexity.ai");

    /** The version of Azure's API that has the option; those before it refuse it. Versions are dates, and compare so. */
    private static final String FIRST_VERSION = "2024-09-01";

    private static final Pattern VERSION = Pattern.compile("[?&]api-version=(\\d{4}-\\d{2}-\\d{2})");

    private StreamUsage() {}

    static PreparedRequest askedFor(HttpExchange.Request request) {
        RequestBody body = RequestBody.of(request);
        if (!body.isStreaming() || body.asksForUsage() || !hasOption(request)) {
            return PreparedRequest.unchanged(request);
        }
        JsonObject json = body.json().deepCopy();
        JsonObject options =
                json.get(RequestBody.STREAM_OPTIONS) instanceof JsonObject given ? given : new JsonObject();
        options.addProperty(RequestBody.INCLUDE_USAGE, true);
        json.add(RequestBody.STREAM_OPTIONS, options);
        byte[] changed = json.toString().getBytes(StandardCharsets.UTF_8);
        return new PreparedRequest(request.withBody(changed), UsageChunkFilter::new);
    }

    /** Tells whether a service that reports usage on request only was not asked for it. */
    static boolean isUnasked(HttpExchange.Request request, RequestBody body) {
        return body.isStreaming() && !body.asksForUsage() && !reportsAlways(request);
    }

    private static boolean reportsAlways(HttpExchange.Request request) {
        return request.host() != null && ALWAYS_REPORTING.contains(request.host());
    }

    private static boolean hasOption(HttpExchange.Request request) {
        Matcher version = VERSION.matcher(request.path());
        boolean isOld = version.find() && version.group(1).compareTo(FIRST_VERSION) < 0;
        return !isOld && !reportsAlways(request);
    }
}
