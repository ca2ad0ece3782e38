package io.github.llmbudget.comparison;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.mockserver.model.HttpForward.forward;
import static org.mockserver.model.HttpRequest.request;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.llmbudget.client.OkHttpUsageInterceptor;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.UsageLedger;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockWebServer;
import org.mockserver.integration.ClientAndServer;

/** Whoever takes part: ways to an answer that is made on the spot, or comes from a service. */
enum Contender {
    /** A client and a raw server, with nothing between them: what all others are compared with. */
    FLOOR("OkHttp to a raw socket server") {
        @Override
        Map<Figure, Double> measure(RawServer service, Work work) throws IOException {
            return onNewClient(service.rootUrl(), work);
        }
    },
    MOCK("**llm-budget**, mock") {
        @Override
        Map<Figure, Double> measure(RawServer service, Work work) {
            return ProductTest.run(Mode.MOCK, work, null);
        }
    },
    MOCK_WEB_SERVER("MockWebServer with TCP_NODELAY") {
        @Override
        Map<Figure, Double> measure(RawServer service, Work work) throws IOException {
            try (MockWebServer server = Peers.mockWebServer()) {
                return onNewClient("http://127.0.0.1:" + server.getPort(), work);
            }
        }
    },
    WIREMOCK("WireMock") {
        @Override
        Map<Figure, Double> measure(RawServer service, Work work) throws IOException {
            WireMockServer server = Peers.wireMock();
            try {
                return onNewClient(server.baseUrl(), work);
            } finally {
                server.stop();
            }
        }
    },
    MOCK_SERVER("MockServer") {
        @Override
        Map<Figure, Double> measure(RawServer service, Work work) throws IOException {
            try (ClientAndServer server = Peers.mockServer()) {
                return onNewClient("http://127.0.0.1:" + server.getPort(), work);
            }
        }
    },
    INTERCEPTOR("**llm-budget**, OkHttpUsageInterceptor") {
        @Override
        Map<Figure, Double> measure(RawServer service, Work work) throws IOException {
            UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(5));
            try (Way way = Way.to(service.rootUrl(), new OkHttpUsageInterceptor(ledger))) {
                return work.on(way);
            } finally {
                ProductTest.requirePriced(ledger.usage());
            }
        }
    },
    RELAY("a byte relay") {
        @Override
        Map<Figure, Double> measure(RawServer service, Work work) throws IOException {
            try (ByteRelay relay = new ByteRelay(service.port())) {
                return onNewClient(relay.rootUrl(), work);
            }
        }
    },
    LIVE("**llm-budget**, live") {
        @Override
        Map<Figure, Double> measure(RawServer service, Work work) {
            return ProductTest.run(Mode.LIVE, work, service.rootUrl());
        }
    },
    RECORD("**llm-budget**, recording") {
        @Override
        Map<Figure, Double> measure(RawServer service, Work work) {
            return ProductTest.run(Mode.RECORD, work, service.rootUrl());
        }
    },
    WIREMOCK_RECORDING("WireMock, recording") {
        @Override
        Map<Figure, Double> measure(RawServer service, Work work) throws IOException {
            WireMockServer server = new WireMockServer(options().dynamicPort());
            server.start();
            try {
                server.startRecording(service.rootUrl());
                return onNewClient(server.baseUrl(), work);
            } finally {
                server.stop();
            }
        }
    },
    MOCK_SERVER_FORWARDING("MockServer, forwarding") {
        @Override
        Map<Figure, Double> measure(RawServer service, Work work) throws IOException {
            Peers.quieten();
            try (ClientAndServer server = ClientAndServer.startClientAndServer(0)) {
                server.when(request().withPath(Payload.PATH))
                        .forward(forward().withHost("127.0.0.1").withPort(service.port()));
                return onNewClient("http://127.0.0.1:" + server.getPort(), work);
            }
        }
    };

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    /**
     * Does the work on a way that is opened for it.
     *
     * @param service the service that contenders forward to
     * @param work what is done
     * @return the figures
     */
    abstract Map<Figure, Double> measure(RawServer service, Work work) throws IOException;

    String label() {
        return label;
    }

    private static Map<Figure, Double> onNewClient(String rootUrl, Work work) throws IOException {
        try (Way way = Way.to(rootUrl)) {
            return work.on(way);
        }
    }
}
