package io.github.llmbudget.comparison;

/** Whoever can be asked without a test around it. */
enum Contender {
    /** A raw server, with nothing between it and the client: what all others are compared with. */
    FLOOR,
    /** The floor with the interceptor of the library in the client. */
    INTERCEPTOR,
    ENDPOINT,
    MOCK_WEB_SERVER,
    MOCK_SERVER,
    WIREMOCK,
    RELAY,
    MOCK_SERVER_FORWARDING,
    WIREMOCK_RECORDING;

    /** Starts it. The classes of the others are not touched, so that it pays for its own alone. */
    Server start(Output output) {
        return switch (this) {
            case FLOOR -> new RawServer(output);
            case INTERCEPTOR -> new WatchedServer(new RawServer(output));
            case ENDPOINT -> new Endpoint(output);
            case MOCK_WEB_SERVER -> new MockWebServerPeer(output);
            case MOCK_SERVER -> new MockServerPeer(output);
            case WIREMOCK -> new WireMockPeer(output);
            case RELAY -> new ByteRelay(new RawServer(output));
            case MOCK_SERVER_FORWARDING -> new MockServerForwarder(new RawServer(output));
            case WIREMOCK_RECORDING -> new WireMockRecorder(new RawServer(output));
        };
    }
}
