package io.github.llmbudget.report.page;

import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.report.Retries;
import io.github.llmbudget.report.Standing;
import io.github.llmbudget.report.TestUsage;
import io.github.llmbudget.report.Totals;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of one test.
 *
 * @param anchor its place
 * @param test the test
 * @param totals the sums over its calls
 * @param limits its limits
 * @param calls its calls
 * @param steps how its cost grew, {@code null} if nothing has a price
 */
record TestPage(
        String anchor,
        TestUsage test,
        Totals totals,
        List<LimitRow> limits,
        List<CallRow> calls,
        @Nullable CostSteps steps) {

    static TestPage of(String anchor, TestUsage test) {
        List<CallUsage> usages = test.callsForSeveralLooks();
        Totals totals = Totals.of(usages);
        BitSet retries = Retries.of(usages);
        Timeline timeline = Timeline.of(usages);
        List<CallRow> calls = new ArrayList<>(usages.size());
        for (int index = 0; index < usages.size(); index++) {
            CallUsage usage = usages.get(index);
            calls.add(new CallRow(index + 1, usage, retries.get(index), timeline.spanOf(usage.call())));
        }
        return new TestPage(
                anchor,
                test,
                totals,
                test.limits().stream().map(LimitRow::new).toList(),
                calls,
                CostSteps.of(usages, test.limits()));
    }

    Standing standing() {
        return Standing.of(test, test.calls());
    }

    String kind() {
        return TestRow.kind(test.kind());
    }

    List<Attempt> earlierAttempts() {
        return test.earlierAttempts().stream().map(Attempt::of).toList();
    }

    /**
     * How the test went before it was run again.
     *
     * @param standing how it stood
     * @param totals what it used
     */
    record Attempt(Standing standing, Totals totals) {

        static Attempt of(TestUsage attempt) {
            return new Attempt(Standing.of(attempt), attempt.totals());
        }
    }
}
