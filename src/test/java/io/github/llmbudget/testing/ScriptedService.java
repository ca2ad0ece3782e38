package io.github.llmbudget.testing;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.UsageLedger;
import java.time.Duration;
import java.util.List;

/** A service on loopback that stands for the real one, and says what a script tells it to. */
public final class ScriptedService implements AutoCloseable {

    private final EndpointServer server = EndpointServer.start();
    private final UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(10));
    private final MockLlm script = server.openMock(ledger);

    public MockLlm script() {
        return script;
    }

    public String baseUrl() {
        return script.baseUrl();
    }

    /** Returns the calls that came. */
    public List<LlmCall> calls() {
        return ledger.usage().calls();
    }

    @Override
    public void close() {
        server.close();
    }
}
