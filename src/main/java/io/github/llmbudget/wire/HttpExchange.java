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

    /**
     * A request.
     *
     * @param method the HTTP method, such as {@code POST}
     * @param path the path below the service's root with its query, such as {@code /v1/chat/completions}
     * @param headers the header lines, in order
     * @param body the body, empty if there is none; must not be changed
     * @param host the host of the service, such as {@code api.openai.com}; {@code null} where no service is known, as in
     *     mock mode
     */
    @SuppressWarnings("ArrayRecordComponent") // a request is passed on, never compared
    public record Request(
            String method,
            String path,
            List<Header> headers,
            byte[] body,
            @Nullable String host) {

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

        /**
         * Tells whether this request posts to an operation.
         *
         * @param operation the end of the path, such as {@code /chat/completions}
         * @return whether the method is POST and the path, without query and trailing slash, ends so
         */
        public boolean isPostTo(String operation) {
            return method.equals("POST") && operationPath().endsWith(operation);
        }

        /**
         * Returns the path without its query and without a trailing slash.
         *
         * @return the path
         */
        public String operationPath() {
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
            return new Request(method, changed, headers, body, host);
        }

        /**
         * Returns this request with other headers.
         *
         * @param changed the headers
         * @return the changed request
         */
        public Request withHeaders(List<Header> changed) {
            return new Request(method, path, changed, body, host);
        }

        /**
         * Returns this request as it goes to a service.
         *
         * @param service the host of the service, {@code null} if it has none
         * @return the changed request
         */
        public Request to(@Nullable String service) {
            return new Request(method, path, headers, body, service);
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
            return headers.stream()
                    .filter(header -> header.is(name))
                    .map(Header::value)
                    .findFirst();
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
