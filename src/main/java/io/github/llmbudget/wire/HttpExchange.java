package io.github.llmbudget.wire;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The two halves of an HTTP exchange with a model service, as a {@link WireFormat} sees them.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class HttpExchange {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private HttpExchange() {}

    /**
     * One header line.
     *
     * @param name its name, in any case
     * @param value its value
     */
    public record Header(String name, String value) {

        /**
         * Compares the name without regard to case.
         *
         * @param other a header name
         * @return whether this header has that name
         */
        public boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /** A request. Immutable and safe for use by many threads. */
    public static final class Request {

        private final String method;
        private final String path;
        private final String operationPath;
        private final List<Header> headers;
        private final RequestContent content;
        private final @Nullable String host;
        private @Nullable RequestBody fields;

        /**
         * Creates a request.
         *
         * @param method the HTTP method, such as {@code POST}
         * @param path the path below the service's root with its query, such as {@code /v1/chat/completions}
         * @param headers the header lines, in order
         * @param body the body, empty if there is none; must not be changed
         * @param host the host of the service, such as {@code api.openai.com}; {@code null} where no service is known, as
         *     in mock mode
         */
        public Request(String method, String path, List<Header> headers, byte[] body, @Nullable String host) {
            this(method, path, headers, () -> body, host, null);
        }

        /**
         * Creates a request to a service whose host is not known.
         *
         * @param method the HTTP method, such as {@code POST}
         * @param path the path below the service's root with its query, such as {@code /v1/chat/completions}
         * @param headers the header lines, in order
         * @param body the body, empty if there is none; must not be changed
         */
        public Request(String method, String path, List<Header> headers, byte[] body) {
            this(method, path, headers, body, null);
        }

        private Request(
                String method,
                String path,
                List<Header> headers,
                RequestContent content,
                @Nullable String host,
                @Nullable RequestBody fields) {
            this.method = method;
            this.path = path;
            this.operationPath = withoutQuery(path);
            this.headers = headers;
            this.content = content;
            this.host = host;
            this.fields = fields;
        }

        /**
         * Creates a request whose body is copied only if it is looked at.
         *
         * @param method the HTTP method, such as {@code POST}
         * @param path the path below the service's root with its query, such as {@code /v1/chat/completions}
         * @param headers the header lines, in order
         * @param content the body
         * @param host the host of the service
         * @return the request
         */
        @API(status = API.Status.INTERNAL, since = "0.1")
        public static Request of(
                String method, String path, List<Header> headers, RequestContent content, String host) {
            return new Request(method, path, headers, content, host, null);
        }

        /**
         * Returns the method.
         *
         * @return the HTTP method, such as {@code POST}
         */
        public String method() {
            return method;
        }

        /**
         * Returns the path.
         *
         * @return the path below the service's root with its query, such as {@code /v1/chat/completions}
         */
        public String path() {
            return path;
        }

        /**
         * Returns the headers.
         *
         * @return the header lines, in order
         */
        public List<Header> headers() {
            return headers;
        }

        /**
         * Returns the body.
         *
         * @return the bytes, empty if there is none; must not be changed
         */
        public byte[] body() {
            return content.bytes();
        }

        /**
         * Returns the host of the service.
         *
         * @return its name, such as {@code api.openai.com}; {@code null} where no service is known, as in mock mode
         */
        public @Nullable String host() {
            return host;
        }

        /** Returns what the body tells about the call. It is read when it is first asked for. */
        RequestBody fields() {
            RequestBody known = fields;
            if (known == null) {
                known = RequestBody.read(this, content);
                fields = known;
            }
            return known;
        }

        /**
         * Tells whether this request posts to an operation.
         *
         * @param operation the end of the path, such as {@code /chat/completions}
         * @return whether the method is POST and the path, without query and trailing slash, ends so
         */
        public boolean isPostTo(String operation) {
            return method.equals("POST") && operationPath.endsWith(operation);
        }

        /**
         * Returns the path without its query and without a trailing slash.
         *
         * @return the path
         */
        public String operationPath() {
            return operationPath;
        }

        private static String withoutQuery(String path) {
            int query = path.indexOf('?');
            String bare = query < 0 ? path : path.substring(0, query);
            return bare.length() > 1 && bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
        }

        /**
         * Returns the same request with another body.
         *
         * @param changed the other body
         * @return the request
         */
        public Request withBody(byte[] changed) {
            return new Request(method, path, headers, changed, host);
        }

        /**
         * Returns this request with another path.
         *
         * @param changed the path
         * @return the changed request
         */
        public Request withPath(String changed) {
            return new Request(method, changed, headers, content, host, null);
        }

        /**
         * Returns this request with other headers.
         *
         * @param changed the headers
         * @return the changed request
         */
        public Request withHeaders(List<Header> changed) {
            return new Request(method, path, changed, content, host, null);
        }

        /**
         * Returns this request as it goes to a service.
         *
         * @param service the host of the service, {@code null} if it has none
         * @return the changed request
         */
        public Request to(@Nullable String service) {
            return new Request(method, path, headers, content, service, fields);
        }

        /** Returns method and path, and nothing that may hold a key. */
        @Override
        public String toString() {
            return method + " " + operationPath();
        }
    }

    /**
     * The head of a response; its body follows as bytes.
     *
     * @param status the HTTP status
     * @param headers the header lines, in order
     */
    public record Response(int status, List<Header> headers) {

        /**
         * Returns the value of a header.
         *
         * @param name the header's name, in any case
         * @return the value of the first header of that name
         */
        public Optional<String> header(String name) {
            // Without an iterator, for this is asked of every answer.
            for (int i = 0; i < headers.size(); i++) {
                Header header = headers.get(i);
                if (header.is(name)) {
                    return Optional.of(header.value());
                }
            }
            return Optional.empty();
        }

        /**
         * Tells whether a body follows.
         *
         * @param method the method of the request that is answered
         * @return whether it does; there is none after HEAD, nor with status 204 and 304
         */
        public boolean hasBody(String method) {
            return !method.equals("HEAD") && status != NO_CONTENT && status != NOT_MODIFIED;
        }

        /**
         * Tells whether the body is packed.
         *
         * @return whether its Content-Encoding names anything but {@code identity}
         */
        public boolean isPacked() {
            return header("Content-Encoding")
                    .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                    .isPresent();
        }
    }
}
