package io.github.llmbudget.jupiter;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.TestEndpoint;
import io.github.llmbudget.endpoint.UpstreamTarget;
import io.github.llmbudget.price.PriceBasis;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.report.ReportDirectory;
import io.github.llmbudget.report.RunJournal;
import io.github.llmbudget.report.TestUsage;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.UsageLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What all tests of one run share: configuration, prices, the server, the journal. Safe for use by many threads. */
final class Run implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Run.class.getName());
    private static final String DEFAULT_KEY_VARIABLE = "OPENAI_API_KEY";
    private static final Duration DEFAULT_AWAIT = Duration.ofSeconds(5);

    private final Configuration configuration;
    private final RunPrices prices;
    private final Path reportDirectory;
    private final RunJournal journal;
    private final AtomicBoolean journalBroken = new AtomicBoolean();
    private @Nullable EndpointServer server;

    private Run(Configuration configuration, ClassLoader tests) {
        this.configuration = configuration;
        this.prices = new RunPrices(configuration, tests);
        this.reportDirectory = ReportDirectory.of(configuration);
        this.journal = RunJournal.open(reportDirectory);
    }

    /** Returns the run that a test belongs to. */
    static Run of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Run.class))
                .getOrComputeIfAbsent(Run.class, key -> begin(context), Run.class);
    }

    private static Run begin(ExtensionContext context) {
        return new Run(
                Configuration.of(context.getRoot()::getConfigurationParameter),
                context.getRequiredTestClass().getClassLoader());
    }

    Configuration configuration() {
        return configuration;
    }

    RunPrices prices() {
        return prices;
    }

    boolean isEnabled() {
        return configuration.flag(Configuration.ENABLED, true);
    }

    UsageLedger newLedger(PriceCatalog catalog) {
        return new UsageLedger(catalog, configuration.duration(Configuration.AWAIT, DEFAULT_AWAIT));
    }

    TestEndpoint openEndpoint(CallRecorder recorder, Optional<Mode> pinned) {
        Mode mode = pinned.orElseGet(() -> configuration.choice(Configuration.MODE, Mode.MOCK));
        return switch (mode) {
            case MOCK -> server().openMock(recorder);
            case LIVE -> server().openLive(recorder, target());
        };
    }

    /** Returns where the reader of a failure finds the report. */
    String reportLocation() {
        boolean summary = configuration
                .text(Configuration.REPORT_FORMATS)
                .map(formats -> formats.contains("markdown"))
                .orElse(true);
        return (summary ? reportDirectory.resolve("summary.md") : reportDirectory).toString();
    }

    /** Keeps a test for the report. A journal that cannot be written must not change the verdict of the tests. */
    void keep(TestUsage test, PriceBasis basis) {
        try {
            journal.append(test, basis);
        } catch (IOException e) {
            if (journalBroken.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The LLM usage of tests cannot be written to " + reportDirectory.toAbsolutePath()
                                + ", so the report is incomplete: " + e);
            }
        }
    }

    @Override
    public void close() {
        prices.warnOfDoubts();
        synchronized (this) {
            if (server != null) {
                server.close();
                server = null;
            }
        }
    }

    private synchronized EndpointServer server() {
        if (server == null) {
            server = EndpointServer.start();
        }
        return server;
    }

    private UpstreamTarget target() {
        Optional<String> named = configuration.text(Configuration.API_KEY_ENV);
        String variable = named.orElse(DEFAULT_KEY_VARIABLE);
        Optional<String> key =
                Optional.ofNullable(System.getenv(variable)).map(String::strip).filter(value -> !value.isEmpty());
        Optional<String> upstream = configuration.text(Configuration.UPSTREAM);
        UpstreamTarget target = new UpstreamTarget(upstream.orElse(UpstreamTarget.OPENAI), key.orElse(null));
        if (key.isEmpty() && (named.isPresent() || upstream.isEmpty())) {
            throw new ConfigurationException(Configuration.MODE + " is live and the upstream is "
                    + target.baseUrl() + ", but the environment variable " + variable
                    + " with the key is not set. Set it, or name another one in " + Configuration.API_KEY_ENV
                    + ", or another service in " + Configuration.UPSTREAM + ".");
        }
        return target;
    }
}
