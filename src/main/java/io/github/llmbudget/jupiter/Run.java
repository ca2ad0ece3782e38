package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Account;
import io.github.llmbudget.budget.BudgetGate;
import io.github.llmbudget.budget.BudgetPolicy;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.OtherJvms;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.price.PriceBasis;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.report.JournalLock;
import io.github.llmbudget.report.ReportDirectory;
import io.github.llmbudget.report.RunId;
import io.github.llmbudget.report.RunJournal;
import io.github.llmbudget.report.SharedUse;
import io.github.llmbudget.report.TestUsage;
import io.github.llmbudget.report.WriteTrouble;
import io.github.llmbudget.report.page.Anchors;
import io.github.llmbudget.report.page.HtmlReportWriter;
import io.github.llmbudget.usage.Prompts;
import io.github.llmbudget.usage.SpanAddresses;
import io.github.llmbudget.usage.UsageLedger;
import io.github.llmbudget.usage.UsageListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What all tests of one run share: configuration, prices, the server, the journal. Safe for use by many threads. */
final class Run implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private static final Duration DEFAULT_AWAIT = Duration.ofSeconds(5);

    /** Tests that did not pass, of all runs of this JVM: what is run again is run by another plan. */
    private static final Set<Place> FAILED_BEFORE = ConcurrentHashMap.newKeySet();

    private final Configuration configuration;
    private final RunPrices prices;
    private final Path reportDirectory;
    private final RunJournal journal;
    private final boolean enabled;
    private final BudgetPolicy policy;
    private final Duration await;
    private final Prompts prompts;
    private final BudgetGate.Shared shared;
    private final Session session;
    private final SetUpAdvice advice = new SetUpAdvice();
    private final Annotations annotations = new Annotations();
    private final TestNames names = new TestNames();
    private volatile @Nullable List<Limit> defaultLimits;
    private @Nullable EndpointServer server;

    private Run(Configuration configuration, ClassLoader tests) {
        this.configuration = configuration;
        this.prices = new RunPrices(configuration, tests);
        this.reportDirectory = ReportDirectory.of(configuration);
        RunId run = RunId.of(configuration);
        this.journal = RunJournal.open(reportDirectory, run);
        this.enabled = configuration.flag(Configuration.ENABLED, true);
        Object lock = new Object();
        List<Limit> limits = enabled ? DeclaredLimits.ofRun(configuration) : List.of();
        List<Account> accounts =
                limits.stream().map(limit -> new Account(limit, lock)).toList();
        OtherJvms others = accounts.isEmpty() ? OtherJvms.NONE : SharedUse.open(reportDirectory, run, accounts);
        this.await = configuration.duration(Configuration.AWAIT, DEFAULT_AWAIT);
        this.shared = new BudgetGate.Shared(lock, await, others);
        this.policy = new BudgetPolicy(
                configuration.choice(Configuration.UNKNOWN_PRICE, BudgetPolicy.DEFAULT.unknownPrice()),
                configuration.choice(Configuration.MISSING_USAGE, BudgetPolicy.DEFAULT.missingUsage()),
                configuration.choices(Configuration.UNKNOWN_PRICE_MODELS, BudgetPolicy.UnknownPrice.class));
        // Without a report there is nobody to keep anything for.
        this.prompts = enabled ? configuration.choice(Configuration.REPORT_PROMPTS, Prompts.NONE) : Prompts.NONE;
        this.session = Session.ofRun(this, accounts);
    }

    /** Returns the run that a test belongs to. */
    static Run of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Run.class))
                .getOrComputeIfAbsent(Run.class, key -> begin(context), Run.class);
    }

    private static Run begin(ExtensionContext context) {
        Run run = new Run(
                Configuration.of(context.getRoot()::getConfigurationParameter),
                context.getRequiredTestClass().getClassLoader());
        run.session.begun();
        if (run.isEnabled()) {
            run.journaling(run.journal::resume);
        }
        return run;
    }

    /** Returns what takes the calls that are made outside of all tests and classes. */
    Session session() {
        return session;
    }

    /** Returns what the tests share of their limits. */
    BudgetGate.Shared shared() {
        return shared;
    }

    BudgetPolicy policy() {
        return policy;
    }

    Configuration configuration() {
        return configuration;
    }

    RunPrices prices() {
        return prices;
    }

    SetUpAdvice advice() {
        return advice;
    }

    /** Returns the limits of tests that declare none of their kind. A setting that cannot be read fails each test. */
    List<Limit> defaultLimits() {
        List<Limit> known = defaultLimits;
        if (known == null) {
            known = DeclaredLimits.ofEveryTest(configuration);
            defaultLimits = known;
        }
        return known;
    }

    Annotations annotations() {
        return annotations;
    }

    TestNames names() {
        return names;
    }

    boolean isEnabled() {
        return enabled;
    }

    UsageLedger newLedger(PriceCatalog catalog, UsageListener listener, SpanAddresses addresses) {
        return new UsageLedger(catalog, await, listener, addresses, prompts);
    }

    /** Returns where the reader of a failure finds the test in the report. */
    String reportLocation(String test) {
        boolean hasPage = configuration
                .text(Configuration.REPORT_FORMATS)
                .map(formats -> formats.contains(HtmlReportWriter.ID))
                .orElse(true);
        return hasPage
                ? reportDirectory.resolve(HtmlReportWriter.FILE) + "#" + Anchors.of(test)
                : reportDirectory.toString();
    }

    /** Notes that a test makes calls, so that the report can tell if the JVM does not live to see its end. */
    void began(String id, String name) {
        journaling(() -> journal.began(id, name));
    }

    /** Keeps a test for the report. */
    void keep(TestUsage test, PriceBasis basis) {
        Place place = new Place(reportDirectory, test.id());
        if (test.outcome() == TestUsage.Outcome.PASSED) {
            FAILED_BEFORE.remove(place);
        } else {
            FAILED_BEFORE.add(place);
        }
        journaling(() -> journal.append(test, basis));
    }

    /** Tells whether the report has a test as one that did not pass; if it is run again, the report must know. */
    boolean hasFailedBefore(String id) {
        return FAILED_BEFORE.contains(new Place(reportDirectory, id));
    }

    private record Place(Path reportDirectory, String id) {}

    /** A journal that cannot be written must not change the verdict of the tests. */
    private void journaling(JournalLock.Action action) {
        try {
            action.run();
        } catch (IOException e) {
            WriteTrouble.tell(reportDirectory, e);
        }
    }

    @Override
    public void close() {
        try {
            session.end(Optional.empty()).forEach(Run::warnOfWhatNoTestFailsFor);
        } catch (UncheckedIOException e) {
            warnOfWhatNoTestFailsFor(e);
        } finally {
            prices.warnOfDoubts();
            advice.warnOfIdleBudgets();
            closeServer();
            journaling(journal::close);
        }
    }

    private static void warnOfWhatNoTestFailsFor(Throwable failure) {
        String problem =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        System.getLogger(Run.class.getName()).log(System.Logger.Level.WARNING, "Outside of all tests: " + problem);
    }

    private synchronized void closeServer() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Returns the server, started when the first test asks for it. */
    synchronized EndpointServer server() {
        if (server == null) {
            server = EndpointServer.start();
        }
        return server;
    }
}
