package io.github.llmbudget.budget;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.usage.UsageTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The limits in force for one test, those that it shares with others included. Immutable, hence safe for use by many
 * threads.
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
     * @return the calls of the roles that any of the limits counts, in the order in which they ended; those of the code
     *     under test if there is no limit
     */
    public List<LlmCall> limitedCalls(UsageTotals usage) {
        return limited(usage).toList();
    }

    private Stream<LlmCall> limited(UsageTotals usage) {
        Set<Role> roles = limitedRoles();
        return usage.calls().stream().filter(call -> roles.contains(call.role()));
    }

    /** Returns the roles of the calls that limits are about. */
    Set<Role> limitedRoles() {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        limits.forEach(limit -> roles.addAll(limit.roles()));
        return roles.isEmpty() ? EnumSet.of(Role.SUBJECT) : roles;
    }

    /**
     * Finds the limits that were exceeded, and those of which nobody can say that they were held. Of a limit that other
     * tests share, this one's part alone is looked at.
     *
     * @param usage the usage of a test
     * @return one breach a limit at most, in the order of the limits
     */
    public List<BudgetBreach> check(UsageTotals usage) {
        return check(usage, (limit, ownUse) -> Optional.of(BigDecimal.ZERO));
    }

    /** Knows what others used of a limit; nothing if it is they who went over it. */
    @FunctionalInterface
    interface UsedByOthers {

        Optional<BigDecimal> of(Limit limit, BigDecimal ownUse);
    }

    List<BudgetBreach> check(UsageTotals usage, UsedByOthers others) {
        List<BudgetBreach> breaches = new ArrayList<>();
        for (Limit limit : limits) {
            // What all runs together come to is decided when the last one is over.
            if (limit.over() == Over.EACH) {
                exceeded(limit, usage, others).or(() -> unknown(limit, usage)).ifPresent(breaches::add);
            }
        }
        return breaches;
    }

    /**
     * Measures what was used of a limit; of one that single calls are held to, what the greatest used.
     *
     * @param limit the limit
     * @param usage the usage of a test
     * @return USD, tokens or calls, as far as they are known
     */
    public BigDecimal used(Limit limit, UsageTotals usage) {
        return usage.calls().stream()
                .map(call -> limit.usedBy(call, usage.costOf(call)))
                .reduce(BigDecimal.ZERO, limit.per() == Scope.CALL ? BigDecimal::max : BigDecimal::add);
    }

    /**
     * Tells whether what was used of a limit is known in full.
     *
     * @param limit the limit
     * @param usage the usage of a test
     * @return whether it is all there is, and not the least that there can be
     */
    public boolean isComplete(Limit limit, UsageTotals usage) {
        return usage.calls().stream().allMatch(call -> limit.isCompleteFor(call, usage.costOf(call)));
    }

    private Optional<BudgetBreach> exceeded(Limit limit, UsageTotals usage, UsedByOthers others) {
        Optional<BigDecimal> before = others.of(limit, used(limit, usage));
        if (before.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal used = before.get();
        int crossing = 0;
        int number = 0;
        for (LlmCall call : (Iterable<LlmCall>) limited(usage)::iterator) {
            number++;
            if (!limit.counts(call)) {
                continue;
            }
            BigDecimal own = limit.usedBy(call, usage.costOf(call));
            used = limit.per() == Scope.CALL ? used.max(own) : used.add(own);
            if (crossing == 0 && used.compareTo(limit.max()) > 0) {
                crossing = number;
            }
        }
        return crossing == 0
                ? Optional.empty()
                : Optional.of(new BudgetBreach(limit, BudgetBreach.Kind.EXCEEDED, used, crossing));
    }

    /** Finds a limit of which nobody can say that it was held, for a call of this test is not known. */
    Optional<BudgetBreach> unknown(Limit limit, UsageTotals usage) {
        BudgetBreach.Kind kind = null;
        int first = 0;
        int number = 0;
        for (LlmCall call : (Iterable<LlmCall>) limited(usage)::iterator) {
            number++;
            if (!limit.counts(call)) {
                continue;
            }
            Cost cost = usage.costOf(call);
            if (lacksCounts(call, cost, limit.metric())) {
                kind = BudgetBreach.Kind.UNCOUNTED;
                first = number;
                break;
            } else if (kind == null && lacksPrice(call, cost, limit.metric())) {
                kind = BudgetBreach.Kind.UNPRICED;
                first = number;
            }
        }
        return kind == null ? Optional.empty() : Optional.of(new BudgetBreach(limit, kind, used(limit, usage), first));
    }

    private boolean lacksPrice(LlmCall call, Cost cost, Metric metric) {
        return metric == Metric.COST
                && isUnpriced(call, cost)
                && policy.unknownPrice(call) == BudgetPolicy.UnknownPrice.FAIL;
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
        if (call.status() == CallStatus.UNFINISHED) {
            return true;
        }
        if (metric == Metric.CALLS || (metric == Metric.COST && cost.isReportedByService())) {
            return false;
        }
        return (call.isUncounted() && !(metric == Metric.COST && cost.isComplete()))
                || (policy.missingUsage() == BudgetPolicy.MissingUsage.FAIL
                        && (call.countSource() == CountSource.ESTIMATED || call.countSource() == CountSource.PARTIAL));
    }
}
