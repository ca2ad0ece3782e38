package io.github.llmbudget.comparison;

import static org.mockserver.model.HttpRequest.request;
import static org.mockserver.model.HttpResponse.response;

import org.mockserver.configuration.ConfigurationProperties;
import org.mockserver.integration.ClientAndServer;

/** MockServer. */
final class MockServerPeer implements Server {

    private final ClientAndServer server = quiet();

    MockServerPeer(Output output) {
        server.when(request().withMethod("POST").withPath(Payload.PATH))
                .respond(response()
                        .withHeader("Content-Type", "application/json")
                        .withBody(Payload.answer(output.text())));
    }

    /** Starts one that does not print each request as it comes; nobody would leave that on. */
    static ClientAndServer quiet() {
        ConfigurationProperties.logLevel("WARN");
        ConfigurationProperties.disableSystemOut(true);
        return ClientAndServer.startClientAndServer(0);
    }

    @Override
    public String rootUrl() {
        return "http://127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
