package io.github.llmbudget.cassette;

import io.github.llmbudget.wire.HttpExchange;
import java.util.Locale;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is kept: without its headers, and without what in its path is a key. Immutable.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RecordedRequest {

    private final String method;
    private final String path;
    private final @Nullable String contentType;
    private final Supplier<byte[]> body;

    /**
     * Creates a request.
     *
     * @param method the HTTP method
     * @param path the path below the root of the endpoint, with its query
     * @param contentType the content type, {@code null} if it is JSON or none was given
     * @param body the body, empty if there is none; must not be changed
     */
    public RecordedRequest(String method, String path, @Nullable String contentType, byte[] body) {
        this(method, path, contentType, () -> body);
    }

    /** Creates a request of a big cassette, most of which nobody will look into: its body is made when it is asked for. */
    RecordedRequest(String method, String path, @Nullable String contentType, Supplier<byte[]> body) {
        this.method = method;
        this.path = path;
        this.contentType = contentType;
        this.body = body;
    }

    /**
     * Returns the HTTP method.
     *
     * @return the method
     */
    public String method() {
        return method;
    }

    /**
     * Returns the path below the root of the endpoint.
     *
     * @return the path with its query
     */
    public String path() {
        return path;
    }

    /**
     * Returns the content type, if it is not that of JSON.
     *
     * @return the content type, {@code null} if it is JSON or none was given
     */
    public @Nullable String contentType() {
        return contentType;
    }

    /**
     * Returns the body.
     *
     * @return its bytes, empty if there is none; must not be changed
     */
    public byte[] body() {
        return body.get();
    }

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

    /** Returns method and path, and nothing that may be private. */
    @Override
    public String toString() {
        return line();
    }
}
