package io.github.llmbudget.cassette;

import io.github.llmbudget.wire.HttpExchange;
import java.util.Locale;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is kept: without its headers, and without what in its path is a key.
 *
 * @param method the HTTP method
 * @param path the path below the root of the endpoint, with its query
 * @param contentType the content type, {@code null} if it is JSON or none was given
 * @param body the body, empty if there is none; must not be changed
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its text, never as a record
@API(status = API.Status.INTERNAL, since = "0.1")
public record RecordedRequest(
        String method, String path, @Nullable String contentType, byte[] body) {

    /**
     * Returns a request as it is kept.
     *
     * @param request the request as it came
     * @return the request
     */
    public static RecordedRequest of(HttpExchange.Request request) {
        String contentType = null;
        for (HttpExchange.Header header : request.headers()) {
            if (header.is("Content-Type") && !isJson(header.value())) {
                contentType = header.value();
                break;
            }
        }
        RecordedRequest kept = new RecordedRequest(
                request.method(), KeyParameters.without(request.path()), contentType, request.body());
        return MultipartBoundary.replacedIn(kept);
    }

    private static boolean isJson(String contentType) {
        String type = MediaType.of(contentType);
        return type.equals("application/json") || type.endsWith("+json");
    }

    /** Returns method and path. */
    String line() {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    RecordedRequest withBody(byte[] changed) {
        return new RecordedRequest(method, path, contentType, changed);
    }

    /** Returns method and path, and nothing that may be private. */
    @Override
    public String toString() {
        return line();
    }
}
