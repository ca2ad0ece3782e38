package io.github.llmbudget.comparison;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;

/** WireMock that records what another server answers. */
final class WireMockRecorder implements Server {

    private final RawServer upstream;
    private final WireMockServer server = new WireMockServer(options().dynamicPort());

    /**
     * Starts it.
     *
     * @param upstream who answers; it is closed with this server
     */
    WireMockRecorder(RawServer upstream) {
        this.upstream = upstream;
        server.start();
        server.startRecording(upstream.rootUrl());
    }

    @Override
    public String rootUrl() {
        return server.baseUrl();
    }

    @Override
    public void close() {
        server.stop();
        upstream.close();
    }
}
