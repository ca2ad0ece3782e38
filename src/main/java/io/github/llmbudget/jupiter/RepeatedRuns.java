package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.RunSeries;
import io.github.llmbudget.price.PriceBasis;
import io.github.llmbudget.report.LimitUsage;
import io.github.llmbudget.report.TestUsage;
import io.github.llmbudget.usage.UsageTotals;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The runs of a test that runs several times, until JUnit closes it with the container of the runs. What is thrown then
 * fails the container. Safe for use by many threads.
 */
final class RepeatedRuns implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private final String id;
    private final String testClass;
    private final String name;
    private final Run run;
    private final List<Limit> limits;
    private final RunSeries series;
    private final PriceBasis prices;
    private final Instant start = Instant.now();

    private RepeatedRuns(
            ExtensionContext container, ExtensionContext context, Run run, List<Limit> limits, PriceBasis prices) {
        this.id = container.getUniqueId() + "/[runs]";
        this.testClass = context.getRequiredTestClass().getName();
        this.name = Declarations.name(context.getRequiredTestClass()) + "."
                + context.getRequiredTestMethod().getName();
        this.run = run;
        this.limits = limits;
        this.series = new RunSeries(limits);
        this.prices = prices;
    }

    /** Returns the runs that a test belongs to; a test that runs once is a run of its own. */
    static RepeatedRuns of(ExtensionContext context, Run run, List<Limit> limits, PriceBasis prices) {
        ExtensionContext container =
                Session.isOneOfSeveralRuns(context) ? context.getParent().orElse(context) : context;
        return container
                .getStore(ExtensionContext.Namespace.create(RepeatedRuns.class))
                .getOrComputeIfAbsent(
                        RepeatedRuns.class,
                        key -> new RepeatedRuns(container, context, run, limits, prices),
                        RepeatedRuns.class);
    }

    void add(Budget budget, UsageTotals usage) {
        series.add(budget, usage);
    }

    @Override
    public void close() {
        List<BudgetBreach> breaches = series.check();
        List<LimitUsage> used = limits.stream()
                .map(limit -> new LimitUsage(
                        limit,
                        series.of(limit),
                        series.isComplete(limit),
                        breaches.stream()
                                .filter(breach -> breach.limit().equals(limit))
                                .map(BudgetBreach::kind)
                                .findFirst()
                                .orElse(null)))
                .toList();
        TestUsage.Outcome outcome = breaches.isEmpty() ? TestUsage.Outcome.PASSED : TestUsage.Outcome.OVER_BUDGET;
        String title = name + " (" + series.runs() + (series.runs() == 1 ? " run)" : " runs)");
        run.keep(
                new TestUsage(
                        TestUsage.Kind.REPEATED, id, testClass, title, outcome, start, Instant.now(), List.of(), used),
                prices);
        if (!breaches.isEmpty()) {
            throw series.toError(breaches, run.reportLocation(title));
        }
    }
}
