package io.github.llmbudget.comparison;

import static org.mockserver.model.HttpForward.forward;
import static org.mockserver.model.HttpRequest.request;

import org.mockserver.integration.ClientAndServer;

/** MockServer that forwards to another server. */
final class MockServerForwarder implements Server {

    private final RawServer upstream;
    private final ClientAndServer server = MockServerPeer.quiet();

    /**
     * Starts it.
     *
     * @param upstream who answers; it is closed with this server
     */
    MockServerForwarder(RawServer upstream) {
        this.upstream = upstream;
        server.when(request().withPath(Payload.PATH))
                .forward(forward().withHost("127.0.0.1").withPort(upstream.port()));
    }

    @Override
    public String rootUrl() {
        return "http://127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        server.close();
        upstream.close();
    }
}
