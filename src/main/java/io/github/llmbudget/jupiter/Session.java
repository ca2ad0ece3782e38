package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Account;
import io.github.llmbudget.budget.AllowedModelNames;
import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.BudgetFailure;
import io.github.llmbudget.budget.BudgetGate;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Over;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.endpoint.RunningTest;
import io.github.llmbudget.endpoint.TestCalls;
import io.github.llmbudget.endpoint.TestEndpoint;
import io.github.llmbudget.endpoint.TestWindow;
import io.github.llmbudget.endpoint.UnattributedCall;
import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.report.LimitUsage;
import io.github.llmbudget.report.TestUsage;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageLedger;
import io.github.llmbudget.usage.UsageListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * One test from its beginning to its verdict; or a class, or a whole run, with the calls that are made outside of its
 * tests. Safe for use by many threads.
 */
final class Session implements RunningTest {

    private static final Pattern ONE_OF_SEVERAL_RUNS = Pattern.compile(".*\\[test-template-invocation:#\\d+]");

    private static final String OUTSIDE = "outside of tests";

    private final Scope scope;
    private final String id;
    private final String name;
    private final String testClass;
    private final @Nullable Session outer;
    private final Run run;
    private final Budget budget;
    private final Terms terms;
    private final BudgetGate gate;
    private final UsageLedger ledger;
    private final List<UnattributedCall> unattributed = new CopyOnWriteArrayList<>();
    private final Set<String> bypasses = new ConcurrentSkipListSet<>();
    private final Instant start = Instant.now();
    private volatile boolean dynamicTestFailed;
    private volatile boolean recorderTaken;
    private @Nullable BoundProperties bound;
    private @Nullable Answers answers;
    private @Nullable TestEndpoint endpoint;

    private Session(
            Scope scope, String id, String name, String testClass, @Nullable Session outer, Run run, Terms terms) {
        this.scope = scope;
        this.id = id;
        this.name = name;
        this.testClass = testClass;
        this.outer = outer;
        this.run = run;
        this.terms = terms;
        this.budget = new Budget(run.isEnabled() ? terms.allLimits() : List.of(), run.policy());
        AllowedModelNames models = run.isEnabled() ? terms.models() : null;
        this.gate = new BudgetGate(id, name, budget, terms.sharedAccounts(), models, terms.prices(), run.shared());
        this.ledger = run.newLedger(
                terms.prices(), new Listening(), span -> endpoint().spanUrl(span));
        if (scope != Scope.TEST) {
            ledger.usage().span(OUTSIDE, Role.SETUP);
        }
    }

    private void firstCallBegan() {
        if (run.isEnabled()) {
            run.began(id, name);
        }
    }

    /** Passes on to the gate what it hears of the calls, and keeps an ear on the first one. */
    private final class Listening implements UsageListener {

        private final AtomicBoolean begun = new AtomicBoolean();

        @Override
        public void began() {
            if (begun.compareAndSet(false, true)) {
                firstCallBegan();
            }
        }

        /** It is likely a call of the test that runs by now, whose client has the recorder of another. */
        @Override
        public void cameLate() {
            if (run.isEnabled()) {
                TestWindow.failed(new LateCallError(name));
            }
        }

        @Override
        public void recorded(@Nullable LlmCall before, LlmCall now) {
            gate.recorded(before, now);
        }

        @Override
        public void ending(Runnable ending) {
            gate.ending(ending);
        }
    }

    static Session ofTest(ExtensionContext context, @Nullable Session classSession) {
        Run run = Run.of(context);
        Session outer = classSession == null ? run.session() : classSession;
        String testName = run.names().of(context);
        String name = Declarations.name(context.getRequiredTestClass()) + "." + testName;
        Terms terms = Terms.ofTest(context, testName, run, outer.terms.sharedAccounts());
        if (terms.bindsSystemProperties()) {
            SystemPropertiesLock.require(context, name);
        }
        return new Session(
                Scope.TEST,
                context.getUniqueId(),
                name,
                context.getRequiredTestClass().getName(),
                outer,
                run,
                terms);
    }

    static Session ofClass(ExtensionContext context, @Nullable Session enclosing) {
        Run run = Run.of(context);
        Session outer = enclosing == null ? run.session() : enclosing;
        Class<?> testClass = context.getRequiredTestClass();
        Terms terms = Terms.ofClass(context, run, outer.terms.sharedAccounts());
        if (terms.bindsSystemProperties()) {
            SystemPropertiesLock.require(context, Declarations.name(testClass));
        }
        return new Session(
                Scope.CLASS,
                context.getUniqueId(),
                Declarations.name(testClass) + " (class)",
                testClass.getName(),
                outer,
                run,
                terms);
    }

    static Session ofRun(Run run, List<Account> accounts) {
        return new Session(Scope.SUITE, TestUsage.RUN, TestUsage.RUN, "", null, run, Terms.ofRun(run, accounts));
    }

    /** Opens this session for the calls to the shared address, and for clients that are built from the environment. */
    Session begun() {
        if (isBound()) {
            bound = BoundProperties.to(TestWindow.boundEndpoint());
        }
        TestWindow.begin(this);
        return this;
    }

    private void unbind() {
        if (bound != null) {
            bound.close();
        }
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean isWithin(RunningTest other) {
        for (Session at = outer; at != null; at = at.outer) {
            if (at == other) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void mayOwn(UnattributedCall call) {
        unattributed.add(call);
    }

    @Override
    public boolean isBound() {
        return terms.bindsSystemProperties();
    }

    @Override
    public boolean recordsItself() {
        return recorderTaken || (outer != null && outer.recordsItself());
    }

    @Override
    public void mayHaveBypassed(String host) {
        if (run.isEnabled()) {
            bypasses.add(host);
        }
    }

    @Override
    public void failed(Throwable failure) {
        ledger.failed(failure);
    }

    /** Notes that a dynamic test of this factory failed, of which the factory itself is not told. */
    void dynamicTestFailed() {
        dynamicTestFailed = true;
    }

    CallRecorder recorder() {
        recorderTaken = true;
        return ledger;
    }

    TokenUsage usage() {
        return ledger.usage();
    }

    /** Returns the test's endpoint, opened when it is first asked for: a test without one needs no server. */
    @Override
    public synchronized TestEndpoint endpoint() {
        if (endpoint == null) {
            Answers chosen = new AnswersChoice(run.configuration(), terms).make();
            endpoint = chosen.open(run.server(), new TestCalls(gate, ledger));
            answers = chosen;
        }
        return endpoint;
    }

    private synchronized void closeEndpoint() {
        if (endpoint != null) {
            endpoint.close();
        }
    }

    /**
     * Ends the test: waits for its calls, checks its budget, keeps its usage for the report.
     *
     * @param thrown what the test threw itself
     * @return what must fail the test, the weightiest first
     */
    List<Throwable> end(Optional<Throwable> thrown) {
        try {
            ledger.close(this::closeEndpoint);
        } finally {
            // Whatever went wrong with this test must not be charged to the next one.
            closeEndpoint();
            gate.close();
            unbind();
            TestWindow.end(this);
        }
        return verdict(thrown);
    }

    private List<Throwable> verdict(Optional<Throwable> thrown) {
        List<Throwable> failures = new ArrayList<>(callFailures());
        boolean wentWrong = thrown.isPresent() || dynamicTestFailed || !failures.isEmpty();
        if (!run.isEnabled()) {
            failures.addAll(endAnswers(wentWrong, wentWrong));
            return failures;
        }
        if (scope == Scope.SUITE) {
            run.shared().others().catchUp();
        }
        otherModels().ifPresent(failures::add);
        List<CallUsage> calls = new ReportedCalls(terms, run.configuration()).of(ledger);
        Optional<DoubtfulPriceError> doubt = checkPrices(calls);
        List<BudgetBreach> breaches = gate.check(usage());
        List<LimitUsage> limits = limitUsages(breaches);
        boolean isTold = scope != Scope.TEST
                && limits.stream().anyMatch(limit -> limit.used().signum() > 0);
        boolean failed = !failures.isEmpty() || doubt.isPresent();
        tellOfIdleBudgets(wentWrong);
        List<Throwable> last = endAnswers(wentWrong, wentWrong || failed || !breaches.isEmpty());
        if (!calls.isEmpty() || !breaches.isEmpty() || isTold || run.hasFailedBefore(id)) {
            run.keep(
                    testUsage(outcome(!breaches.isEmpty(), failed || !last.isEmpty(), thrown), calls, limits),
                    terms.prices().basis());
        }
        if (!breaches.isEmpty()) {
            failures.add(new BudgetFailure(
                            budget, breaches, gate.interventions(), usage(), terms.prices(), run.reportLocation(name))
                    .toError());
        }
        doubt.ifPresent(failures::add);
        failures.addAll(last);
        return failures;
    }

    /** What kept a test from its calls is told already, and one that expects none says so. */
    private void tellOfIdleBudgets(boolean wentWrong) {
        List<Limit> limits = budget.limits();
        if (limits.isEmpty()) {
            return;
        }
        boolean expectsNone = limits.stream().anyMatch(limit -> limit.max().signum() == 0);
        if (scope == Scope.TEST && !wentWrong && !expectsNone) {
            run.advice().declared(limits);
        }
        Set<Role> roles = usage().calls().stream().map(LlmCall::role).collect(Collectors.toSet());
        run.advice()
                .called(limits.stream()
                        .filter(limit -> !Collections.disjoint(limit.roles(), roles))
                        .toList());
    }

    /** Whatever goes wrong with a cassette, what the test used is told all the same. */
    private synchronized List<Throwable> endAnswers(boolean wentWrong, boolean hasFailed) {
        try {
            return answers == null ? List.of() : answers.end(wentWrong, hasFailed);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return List.of(e);
        }
    }

    /** Ends one run of a test that runs several times; some of its limits are about all its runs together. */
    List<Throwable> end(ExtensionContext context) {
        List<Throwable> failures = end(context.getExecutionException());
        List<Limit> overAll = budget.limits().stream()
                .filter(limit -> limit.over() != Over.EACH)
                .toList();
        // A run that was aborted says nothing about what the others use.
        boolean aborted = context.getExecutionException()
                .filter(TestAbortedException.class::isInstance)
                .isPresent();
        if (!overAll.isEmpty() && !aborted) {
            RepeatedRuns.of(context, run, overAll, terms.prices().basis()).add(budget, usage());
        }
        return failures;
    }

    private static TestUsage.Outcome outcome(boolean overBudget, boolean failed, Optional<Throwable> thrown) {
        if (overBudget) {
            return TestUsage.Outcome.OVER_BUDGET;
        }
        if (failed) {
            return TestUsage.Outcome.FAILED;
        }
        return thrown.map(error ->
                        error instanceof TestAbortedException ? TestUsage.Outcome.ABORTED : TestUsage.Outcome.FAILED)
                .orElse(TestUsage.Outcome.PASSED);
    }

    private Optional<Throwable> otherModels() {
        AllowedModelNames models = terms.models();
        if (models == null) {
            return Optional.empty();
        }
        List<String> answered = models.othersIn(usage(), terms.prices());
        return answered.isEmpty() && gate.refusedModels().isEmpty()
                ? Optional.empty()
                : Optional.of(new ModelNotAllowedError(models, gate.refusedModels(), answered));
    }

    private Optional<DoubtfulPriceError> checkPrices(List<CallUsage> calls) {
        run.prices().warnOfUnpriced(usage(), budget);
        Set<String> doubts = run.prices().doubtsAbout(calls, terms.prices());
        return doubts.isEmpty() || !run.prices().areStrict()
                ? Optional.empty()
                : Optional.of(new DoubtfulPriceError(doubts));
    }

    private synchronized List<Throwable> callFailures() {
        List<Throwable> failures = new ArrayList<>();
        if (endpoint != null) {
            run.advice().tell(name, endpoint.advice());
        }
        if (!unattributed.isEmpty()) {
            failures.add(new UnattributedCallError(unattributed));
        }
        if (!bypasses.isEmpty()) {
            failures.add(new BypassedEndpointError(bypasses));
        }
        if (answers != null) {
            failures.addAll(answers.failures());
        }
        failures.addAll(ledger.failures());
        return failures;
    }

    private TestUsage testUsage(TestUsage.Outcome outcome, List<CallUsage> calls, List<LimitUsage> limits) {
        return new TestUsage(
                switch (scope) {
                    case CALL, TEST -> TestUsage.Kind.TEST;
                    case CLASS -> TestUsage.Kind.CLASS;
                    case SUITE -> TestUsage.Kind.RUN;
                },
                id,
                testClass,
                name,
                outcome,
                start,
                Instant.now(),
                calls,
                limits);
    }

    /** A limit that tests share is told of those who declare it, and of a test that broke it. */
    private List<LimitUsage> limitUsages(List<BudgetBreach> breaches) {
        return budget.limits().stream()
                .filter(limit -> limit.over() == Over.EACH)
                .map(limit -> new LimitUsage(
                        limit, gate.used(limit, usage()), gate.isComplete(limit, usage()), breachOf(limit, breaches)))
                .filter(limit -> limit.breach() != null || isOwn(limit.limit()))
                .toList();
    }

    private BudgetBreach.@Nullable Kind breachOf(Limit limit, List<BudgetBreach> breaches) {
        boolean isBroken = scope != Scope.TEST && gate.used(limit, usage()).compareTo(limit.max()) > 0;
        return breaches.stream()
                .filter(breach -> breach.limit().equals(limit))
                .map(BudgetBreach::kind)
                .findFirst()
                .orElse(isBroken && isOwn(limit) ? BudgetBreach.Kind.EXCEEDED : null);
    }

    private boolean isOwn(Limit limit) {
        boolean isOuters = outer != null
                && outer.terms.sharedAccounts().stream()
                        .anyMatch(account -> account.limit().equals(limit));
        return !isOuters;
    }

    static boolean isOneOfSeveralRuns(ExtensionContext context) {
        return ONE_OF_SEVERAL_RUNS.matcher(context.getUniqueId()).matches();
    }
}
