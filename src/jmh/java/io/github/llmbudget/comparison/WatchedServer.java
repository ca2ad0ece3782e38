package io.github.llmbudget.comparison;

import io.github.llmbudget.client.OkHttpUsageInterceptor;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.UsageLedger;
import java.time.Duration;

/** A server whose clients are watched by the interceptor of the library. */
final class WatchedServer implements Server {

    private final RawServer server;

    /**
     * Has it watched.
     *
     * @param server who answers; it is closed with this server
     */
    WatchedServer(RawServer server) {
        this.server = server;
    }

    @Override
    public String rootUrl() {
        return server.rootUrl();
    }

    @Override
    public Way newWay() {
        UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(5));
        return new Way(
                Way.newClient()
                        .addInterceptor(new OkHttpUsageInterceptor(ledger))
                        .build(),
                rootUrl(),
                ledger.usage());
    }

    @Override
    public void close() {
        server.close();
    }
}
