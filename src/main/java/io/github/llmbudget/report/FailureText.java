package io.github.llmbudget.report;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.price.Usd;
import java.math.BigDecimal;
import java.util.List;

/** Says in a line for each limit why a test is over its budget. */
final class FailureText {

    private FailureText() {}

    static List<String> of(TestUsage test) {
        List<String> breaches = test.limits().stream()
                .filter(limit -> limit.breach() != null)
                .map(limit -> because(limit, limit.breach()))
                .toList();
        return breaches.isEmpty() ? List.of("over a budget that it shares with other tests") : breaches;
    }

    private static String because(LimitUsage usage, BudgetBreach.Kind breach) {
        String limit = usage.limit().declaration();
        String used = used(usage);
        return switch (breach) {
            case EXCEEDED -> used + (isOne(usage) ? " exceeds " : " exceed ") + limit;
            case REFUSED -> "a call was refused, for it had no room in " + limit + " beside the " + used + " used";
            case CUT -> "a stream was cut at " + used + ", for it went over " + limit;
            case UNPRICED -> "a call has no price, so nobody knows whether " + limit + " was held";
            case UNCOUNTED -> "the tokens of a call are not known, so nobody knows whether " + limit + " was held";
        };
    }

    private static String used(LimitUsage usage) {
        Metric metric = usage.limit().metric();
        return metric == Metric.COST
                ? "costs of " + Usd.exact(usage.used())
                : TextTable.count(usage.used().longValue()) + " " + (isOne(usage) ? metric.singular() : metric.label());
    }

    private static boolean isOne(LimitUsage usage) {
        return usage.limit().metric() != Metric.COST && usage.used().compareTo(BigDecimal.ONE) == 0;
    }
}
