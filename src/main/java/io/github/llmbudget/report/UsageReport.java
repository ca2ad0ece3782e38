package io.github.llmbudget.report;

import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.price.PriceBasis;
import java.time.Instant;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What a run cost, test by test. This is also the document {@code report.json}; a change that would break a reader
 * raises the first number of its version, an addition the second.
 *
 * @param version the version of the document
 * @param created when the report was made
 * @param jvms the JVMs that told of their tests
 * @param missing what the report does not have, and why, for a reader; empty if it is whole
 * @param prices what the prices are taken from: one basis, or more if tests or modules had lists of their own
 * @param totals the sums over all tests, of each its last attempt
 * @param earlierAttempts the sums over the earlier attempts of tests that were run again
 * @param roles what was spent in each role
 * @param models what was spent on each model, dearest first
 * @param packages what the tests of each package cost, dearest first
 * @param classes what the tests of each class cost, dearest first
 * @param findings what is worth a look
 * @param tests the tests with calls, those over budget first, then by name
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record UsageReport(
        String version,
        Instant created,
        List<TestJvm> jvms,
        List<String> missing,
        List<PriceBasis> prices,
        Totals totals,
        Totals earlierAttempts,
        List<Share> roles,
        List<ModelUsage> models,
        List<Share> packages,
        List<Share> classes,
        Findings findings,
        List<TestUsage> tests) {

    /** The version of the document. */
    public static final String VERSION = "3.0";

    /**
     * Copies the lists.
     *
     * @param version the version of the document
     * @param created when the report was made
     * @param jvms the JVMs that told of their tests
     * @param missing what the report does not have, and why
     * @param prices what the prices are taken from
     * @param totals the sums over all tests
     * @param earlierAttempts the sums over the earlier attempts of tests that were run again
     * @param roles what was spent in each role
     * @param models what was spent on each model
     * @param packages what the tests of each package cost
     * @param classes what the tests of each class cost
     * @param findings what is worth a look
     * @param tests the tests with calls, those over budget first, then by name
     */
    public UsageReport {
        jvms = List.copyOf(jvms);
        missing = List.copyOf(missing);
        prices = List.copyOf(prices);
        roles = List.copyOf(roles);
        models = List.copyOf(models);
        packages = List.copyOf(packages);
        classes = List.copyOf(classes);
        tests = List.copyOf(tests);
    }

    /**
     * Makes the report of a run.
     *
     * @param journals what the JVMs of the run wrote
     * @return the report
     */
    public static UsageReport of(JournaledRun journals) {
        return new ReportBuilder(journals).build(Instant.now());
    }

    /**
     * Counts what went over its budget: tests, and classes and runs with limits of their own.
     *
     * @return how many
     */
    public long overBudget() {
        long count = 0;
        for (TestUsage test : tests) {
            count += test.outcome() == TestUsage.Outcome.OVER_BUDGET ? 1 : 0;
        }
        return count;
    }

    /**
     * Says in a sentence how the run went.
     *
     * @return the verdict
     */
    public String verdict() {
        int count = 0;
        for (TestUsage test : tests) {
            count += test.kind() == TestUsage.Kind.TEST ? 1 : 0;
        }
        String tested = count == 1 ? "1 test" : TextTable.count(count) + " tests";
        String called = totals.calls() == 1 ? "1 LLM call" : TextTable.count(totals.calls()) + " LLM calls";
        String held = overBudget() == 0 ? "none over budget" : TextTable.count(overBudget()) + " over budget";
        return tested + ", " + called + ", " + held + ": " + totals.readable(totals.listCost()) + " by list price, "
                + totals.readable(totals.incurredCost()) + " really spent";
    }
}
