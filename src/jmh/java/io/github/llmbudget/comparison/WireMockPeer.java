package io.github.llmbudget.comparison;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;

/** WireMock as it comes. */
final class WireMockPeer implements Server {

    private final WireMockServer server = new WireMockServer(options().dynamicPort());

    WireMockPeer(Output output) {
        server.start();
        server.stubFor(post(urlPathEqualTo(Payload.PATH))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(Payload.answer(output.text()))));
    }

    @Override
    public String rootUrl() {
        return server.baseUrl();
    }

    @Override
    public void close() {
        server.stop();
    }
}
