package io.github.llmbudget.comparison;

import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.endpoint.TestEndpoint;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.UsageLedger;
import java.time.Duration;

/** The endpoint of the library in mock mode, without the test that it belongs to. */
final class Endpoint implements Server {

    private final UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(5));
    private final EndpointServer server = EndpointServer.start();
    private final TestEndpoint endpoint = server.openMock(ledger);

    Endpoint(Output output) {
        endpoint.otherwise(Reply.text(output.text()).usage(Payload.INPUT, Payload.OUTPUT));
    }

    @Override
    public String rootUrl() {
        return endpoint.rootUrl();
    }

    @Override
    public Way newWay() {
        return new Way(Way.newClient().build(), rootUrl(), ledger.usage());
    }

    @Override
    public void close() {
        server.close();
    }
}
