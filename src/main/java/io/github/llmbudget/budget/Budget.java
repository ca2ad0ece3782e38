package io.github.llmbudget.budget;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.usage.UsageTotals;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The limits in force for one test. Immutable, hence safe for use by many threads.
 *
 * <pre>{@code
 * List<BudgetBreach> breaches = new Budget(limits, BudgetPolicy.DEFAULT).check(usage);
 * }</pre>
 *
 * @param limits the limits
 * @param policy what to do about numbers that are not known
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Budget(List<Limit> limits, BudgetPolicy policy) {

    /**
     * Copies the limits.
     *
     * @param limits the limits
     * @param policy what to do about numbers that are not known
     */
    public Budget {
        limits = List.copyOf(limits);
    }

    /**
     * Returns the calls that limits are about.
     *
     * @param usage the usage of a test
     * @return the calls of the code under test, in the order in which they ended
     */
    public static List<LlmCall> limitedCalls(UsageTotals usage) {
        return usage.calls().stream()
                .filter(call -> call.role() == Role.SUBJECT)
                .toList();
    }

    /**
     * Finds the limits that were exceeded, and those of which nobody can say that they were held.
     *
     * @param usage the usage of a test
     * @return one breach a limit at most, in the order of the limits
     */
    public List<BudgetBreach> check(UsageTotals usage) {
        List<LlmCall> calls = limitedCalls(usage);
        return limits.stream()
                .flatMap(limit -> check(limit, calls, usage).stream())
                .toList();
    }

    /**
     * Measures what was used of a limit.
     *
     * @param limit the limit
     * @param usage the usage of a test
     * @return USD, tokens or calls, as far as they are known
     */
    public BigDecimal used(Limit limit, UsageTotals usage) {
        return limitedCalls(usage).stream()
                .map(call -> limit.metric().measure(call, usage.costOf(call)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Optional<BudgetBreach> check(Limit limit, List<LlmCall> calls, UsageTotals usage) {
        BigDecimal used = BigDecimal.ZERO;
        int crossing = 0;
        int uncounted = 0;
        int unpriced = 0;
        for (int number = 1; number <= calls.size(); number++) {
            LlmCall call = calls.get(number - 1);
            Cost cost = usage.costOf(call);
            used = used.add(limit.metric().measure(call, cost));
            if (crossing == 0 && used.compareTo(limit.max()) > 0) {
                crossing = number;
            }
            if (uncounted == 0 && lacksCounts(call, cost, limit.metric())) {
                uncounted = number;
            }
            if (unpriced == 0
                    && isUnpriced(call, cost)
                    && policy.unknownPrice(call) == BudgetPolicy.UnknownPrice.FAIL) {
                unpriced = number;
            }
        }
        if (crossing > 0) {
            return Optional.of(new BudgetBreach(limit, BudgetBreach.Kind.EXCEEDED, used, crossing));
        }
        if (uncounted > 0) {
            return Optional.of(new BudgetBreach(limit, BudgetBreach.Kind.UNCOUNTED, used, uncounted));
        }
        if (unpriced > 0 && limit.metric() == Metric.COST) {
            return Optional.of(new BudgetBreach(limit, BudgetBreach.Kind.UNPRICED, used, unpriced));
        }
        return Optional.empty();
    }

    /**
     * Tells whether it is a price that is missing for the cost of a call, and not the tokens.
     *
     * @param call the call
     * @param cost its cost
     * @return whether something that was used has no price
     */
    public static boolean isUnpriced(LlmCall call, Cost cost) {
        return !call.isUncounted() && !cost.isComplete() && cost.exactness() != Cost.Exactness.LOWER_BOUND;
    }

    private boolean lacksCounts(LlmCall call, Cost cost, Metric metric) {
        if (metric == Metric.CALLS) {
            return call.status() == CallStatus.UNFINISHED;
        }
        if (metric == Metric.COST && cost.isReportedByService()) {
            return false;
        }
        return (call.isUncounted() && !(metric == Metric.COST && cost.isComplete()))
                || (policy.missingUsage() == BudgetPolicy.MissingUsage.FAIL
                        && (call.countSource() == CountSource.ESTIMATED || call.countSource() == CountSource.PARTIAL));
    }
}
