package io.github.llmbudget.report.page;

import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Over;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.price.Usd;
import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.report.LimitUsage;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the list cost of a test grew from call to call: of the calls that its cost limit counts, if it has one.
 *
 * @param path the line, as SVG has it, in a box of 1000 by 200
 * @param limitAt the height of the cost limit from above, -1 if there is none
 * @param total the cost of all calls
 * @param limit the cost limit, empty if there is none
 * @param withoutPrice how many calls add nothing, because what they cost is not known
 */
record CostSteps(String path, int limitAt, String total, String limit, long withoutPrice) {

    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 200;
    /** So that neither line runs along the edge. */
    private static final int MARGIN = 12;

    static @Nullable CostSteps of(List<CallUsage> calls, List<LimitUsage> limits) {
        Limit ofCost = limits.stream()
                .map(LimitUsage::limit)
                // Others are about single calls, or about several tests.
                .filter(it -> it.metric() == Metric.COST && it.per() == Scope.TEST && it.over() == Over.EACH)
                .min(Comparator.comparing(Limit::max))
                .orElse(null);
        return ofCost == null
                ? of(calls, (BigDecimal) null)
                : of(calls.stream().filter(call -> ofCost.counts(call.call())).toList(), ofCost.max());
    }

    private static @Nullable CostSteps of(List<CallUsage> calls, @Nullable BigDecimal limit) {
        BigDecimal total = calls.stream().map(call -> call.cost().usd()).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (calls.size() < 2 || total.signum() == 0) {
            return null;
        }
        BigDecimal highest = limit == null ? total : limit.max(total);
        StringBuilder path = new StringBuilder("M0 ").append(height(BigDecimal.ZERO, highest));
        BigDecimal sum = BigDecimal.ZERO;
        for (int index = 0; index < calls.size(); index++) {
            sum = sum.add(calls.get(index).cost().usd());
            // In the middle of the call's share of the width, so that the first and the last step can be seen.
            path.append('H').append((int) (WIDTH * (2L * index + 1) / (2L * calls.size())));
            path.append('V').append(height(sum, highest));
        }
        path.append('H').append(WIDTH);
        return new CostSteps(
                path.toString(),
                limit == null ? -1 : height(limit, highest),
                Usd.exact(total),
                limit == null ? "" : Usd.exact(limit),
                calls.stream().filter(call -> !call.cost().isComplete()).count());
    }

    private static int height(BigDecimal cost, BigDecimal highest) {
        int drawn = HEIGHT - 2 * MARGIN;
        return HEIGHT - MARGIN - Bar.permille(cost, highest) * drawn / WIDTH;
    }
}
