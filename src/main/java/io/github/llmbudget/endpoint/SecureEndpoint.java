package io.github.llmbudget.endpoint;

import java.util.function.Supplier;

/**
 * An endpoint by its address over TLS.
 *
 * @param endpoint the endpoint
 * @param address its root URL over TLS
 */
record SecureEndpoint(LlmEndpoint endpoint, Supplier<String> address) implements LlmEndpoint {

    /** Lets the JVM trust the endpoint, so that clients which are built next do. */
    static SecureEndpoint of(LlmEndpoint endpoint, Supplier<String> address) {
        EndpointCertificate.get().trustByJvm();
        return new SecureEndpoint(endpoint, address);
    }

    @Override
    public String rootUrl() {
        return address.get();
    }

    @Override
    public String apiKey() {
        return endpoint.apiKey();
    }

    @Override
    public Mode mode() {
        return endpoint.mode();
    }

    @Override
    public LlmEndpoint overTls() {
        return this;
    }
}
