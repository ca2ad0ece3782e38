package io.github.llmbudget.report;

import io.github.llmbudget.price.PriceBasis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What a run cost, test by test. This is also the document {@code report.json}; a change that would break a reader
 * raises the first number of its version, an addition the second.
 *
 * @param version the version of the document
 * @param created when the report was made
 * @param prices what the prices are taken from: one basis, or more if tests or modules had lists of their own
 * @param totals the sums over all tests
 * @param tests the tests with calls, those over budget first, then by name
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record UsageReport(
        String version, Instant created, List<PriceBasis> prices, Totals totals, List<TestUsage> tests) {

    /** The version of the document. */
    public static final String VERSION = "2.1";

    /**
     * Copies the lists.
     *
     * @param version the version of the document
     * @param created when the report was made
     * @param prices what the prices are taken from
     * @param totals the sums over all tests
     * @param tests the tests with calls, those over budget first, then by name
     */
    public UsageReport {
        prices = List.copyOf(prices);
        tests = List.copyOf(tests);
    }

    /**
     * Makes the report of a run.
     *
     * @param journals what the JVMs of the run wrote
     * @return the report
     */
    public static UsageReport of(RunJournal.Contents journals) {
        List<TestUsage> tests = new ArrayList<>(journals.tests());
        tests.sort(Comparator.comparing((TestUsage test) -> test.outcome() != TestUsage.Outcome.OVER_BUDGET)
                .thenComparing(TestUsage::name)
                .thenComparing(TestUsage::id));
        Totals totals =
                Totals.of(tests.stream().flatMap(test -> test.calls().stream()).toList());
        return new UsageReport(VERSION, Instant.now(), journals.prices(), totals, tests);
    }

    /**
     * Counts what went over its budget: tests, and classes and runs with limits of their own.
     *
     * @return how many
     */
    public long overBudget() {
        return tests.stream()
                .filter(test -> test.outcome() == TestUsage.Outcome.OVER_BUDGET)
                .count();
    }

    /**
     * Says in a sentence how the run went.
     *
     * @return the verdict
     */
    public String verdict() {
        long count = tests.stream()
                .filter(test -> test.kind() == TestUsage.Kind.TEST)
                .count();
        String tested = count == 1 ? "1 test" : count + " tests";
        String called = totals.calls() == 1 ? "1 LLM call" : totals.calls() + " LLM calls";
        String held = overBudget() == 0 ? "none over budget" : overBudget() + " over budget";
        return tested + ", " + called + ", " + held + ": " + totals.listCost().readable() + " by list price, "
                + totals.incurredCost().readable() + " really spent";
    }
}
