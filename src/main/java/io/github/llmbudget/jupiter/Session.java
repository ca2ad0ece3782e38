package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.BudgetFailure;
import io.github.llmbudget.budget.BudgetPolicy;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.TestEndpoint;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.report.LimitUsage;
import io.github.llmbudget.report.TestUsage;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** One test from its beginning to its verdict. Safe for use by the threads of its test. */
final class TestSession {

    private static final Pattern INVOCATION = Pattern.compile(".*\\[test-template-invocation:#(\\d+)]");

    private final Run run;
    private final Budget budget;
    private final PriceCatalog prices;
    private final Optional<Mode> pinnedMode;
    private final UsageLedger ledger;
    private final Instant start = Instant.now();
    private @Nullable TestEndpoint endpoint;

    private TestSession(Run run, Budget budget, PriceCatalog prices, Optional<Mode> pinnedMode) {
        this.run = run;
        this.budget = budget;
        this.prices = prices;
        this.pinnedMode = pinnedMode;
        this.ledger = run.newLedger(prices);
    }

    static TestSession begin(ExtensionContext context) {
        Run run = Run.of(context);
        Declarations declarations = Declarations.of(context);
        Configuration configuration = run.configuration();
        BudgetPolicy policy = new BudgetPolicy(
                configuration.choice(Configuration.UNKNOWN_PRICE, BudgetPolicy.DEFAULT.unknownPrice()),
                configuration.choice(Configuration.MISSING_USAGE, BudgetPolicy.DEFAULT.missingUsage()),
                configuration.choices(Configuration.UNKNOWN_PRICE_MODELS, BudgetPolicy.UnknownPrice.class));
        Budget budget = new Budget(new DeclaredLimits(declarations, configuration).find(), policy);
        return new TestSession(run, budget, run.prices().of(declarations), pinnedMode(declarations));
    }

    private static Optional<Mode> pinnedMode(Declarations declarations) {
        for (Declarations.Declared<LlmBudget> declared : declarations.find(LlmBudget.class)) {
            Mode[] modes = declared.annotation().mode();
            if (modes.length > 1) {
                throw new ConfigurationException("@LlmBudget(mode = " + Arrays.toString(modes) + ") on " + declared.on()
                        + " pins several modes. Name one, or none to leave it to " + Configuration.MODE + ".");
            }
            if (modes.length == 1) {
                return Optional.of(modes[0]);
            }
        }
        return Optional.empty();
    }

    CallRecorder recorder() {
        return ledger;
    }

    TokenUsage usage() {
        return ledger.usage();
    }

    /** Returns the test's endpoint, opened when it is first asked for: a test without one needs no server. */
    synchronized TestEndpoint endpoint() {
        if (endpoint == null) {
            endpoint = run.openEndpoint(ledger, pinnedMode);
        }
        return endpoint;
    }

    /**
     * Ends the test: waits for its calls, checks its budget, keeps its usage for the report.
     *
     * @return what must fail the test, the weightiest first
     */
    List<Throwable> end(ExtensionContext context) {
        ledger.close();
        List<Throwable> failures = new ArrayList<>(endpointFailures());
        if (!run.isEnabled()) {
            return failures;
        }
        Optional<DoubtfulPriceError> doubt = checkPrices();
        List<BudgetBreach> breaches = budget.check(usage());
        if (!usage().calls().isEmpty() || !breaches.isEmpty()) {
            run.keep(testUsage(context, breaches, !failures.isEmpty() || doubt.isPresent()), prices.basis());
        }
        if (!breaches.isEmpty()) {
            failures.add(new BudgetFailure(budget, breaches, usage(), prices, run.reportLocation()).toError());
        }
        doubt.ifPresent(failures::add);
        return failures;
    }

    private Optional<DoubtfulPriceError> checkPrices() {
        run.prices().warnOfUnpriced(usage(), budget);
        Set<String> doubts = run.prices().doubtsAbout(usage(), prices);
        return doubts.isEmpty() || !run.prices().areStrict()
                ? Optional.empty()
                : Optional.of(new DoubtfulPriceError(doubts));
    }

    private synchronized List<Throwable> endpointFailures() {
        List<Throwable> failures = new ArrayList<>();
        if (endpoint != null) {
            endpoint.close();
            if (!endpoint.unexpectedRequests().isEmpty()) {
                failures.add(new UnexpectedRequestError(endpoint.unexpectedRequests()));
            }
        }
        failures.addAll(ledger.failures());
        return failures;
    }

    private TestUsage testUsage(ExtensionContext context, List<BudgetBreach> breaches, boolean failed) {
        return new TestUsage(
                context.getUniqueId(),
                context.getRequiredTestClass().getName(),
                name(context),
                outcome(context, breaches, failed),
                start,
                Instant.now(),
                usage().calls().stream()
                        .map(call -> new CallUsage(call, usage().costOf(call)))
                        .toList(),
                budget.limits().stream()
                        .map(limit -> limitUsage(limit, breaches))
                        .toList());
    }

    private LimitUsage limitUsage(Limit limit, List<BudgetBreach> breaches) {
        return new LimitUsage(
                limit,
                budget.used(limit, usage()),
                breaches.stream()
                        .filter(breach -> breach.limit().equals(limit))
                        .map(BudgetBreach::kind)
                        .findFirst()
                        .orElse(null));
    }

    private static TestUsage.Outcome outcome(ExtensionContext context, List<BudgetBreach> breaches, boolean failed) {
        if (!breaches.isEmpty()) {
            return TestUsage.Outcome.OVER_BUDGET;
        }
        if (failed) {
            return TestUsage.Outcome.FAILED;
        }
        return context.getExecutionException()
                .map(thrown ->
                        thrown instanceof TestAbortedException ? TestUsage.Outcome.ABORTED : TestUsage.Outcome.FAILED)
                .orElse(TestUsage.Outcome.PASSED);
    }

    private static String name(ExtensionContext context) {
        String name = Declarations.name(context.getRequiredTestClass()) + "."
                + context.getRequiredTestMethod().getName();
        Matcher invocation = INVOCATION.matcher(context.getUniqueId());
        return invocation.matches() ? name + "[" + invocation.group(1) + "]" : name;
    }
}
