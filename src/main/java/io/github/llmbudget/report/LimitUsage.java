package io.github.llmbudget.report;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.price.Thousands;
import io.github.llmbudget.price.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A limit and how much of it was used.
 *
 * @param limit the limit
 * @param used what was used: USD, tokens or calls
 * @param complete whether that is all there is, and not the least that there can be
 * @param breach what is wrong, {@code null} if the limit was held
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LimitUsage(Limit limit, BigDecimal used, boolean complete, BudgetBreach.@Nullable Kind breach) {

    private static final int PERCENT = 2;
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final int DIGITS = 6;

    /**
     * Checks that both are there.
     *
     * @param limit the limit
     * @param used what was used: USD, tokens or calls
     * @param complete whether that is all there is, and not the least that there can be
     * @param breach what is wrong, {@code null} if the limit was held
     */
    public LimitUsage {
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(used, "used");
    }

    /**
     * Adds what others used who know nothing of this.
     *
     * @param other the same limit, and what they used of it
     * @return both together
     */
    LimitUsage and(LimitUsage other) {
        return of(used.add(other.used), complete && other.complete, breach == null ? other.breach : breach);
    }

    /**
     * Counts anew what was used.
     *
     * @param calls all calls that may count
     * @return what those use that do; it is a breach if that is too much, whoever saw how much of it before
     */
    LimitUsage recounted(List<CallUsage> calls) {
        return of(
                calls.stream()
                        .map(call -> limit.usedBy(call.call(), call.cost()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                calls.stream().allMatch(call -> limit.isCompleteFor(call.call(), call.cost())),
                breach);
    }

    /** Returns this as it comes back when it was written. */
    LimitUsage asWritten() {
        BigDecimal warnAt = limit.warnAt();
        Limit written = new Limit(
                limit.metric(),
                Decimals.asWritten(limit.max()),
                limit.per(),
                limit.hard(),
                limit.roles(),
                limit.over(),
                warnAt == null ? null : Decimals.asWritten(warnAt),
                limit.declaration(),
                limit.declaredOn());
        return new LimitUsage(written, Decimals.asWritten(used), complete, breach);
    }

    private LimitUsage of(BigDecimal all, boolean known, BudgetBreach.@Nullable Kind told) {
        BudgetBreach.Kind other = told == BudgetBreach.Kind.EXCEEDED ? null : told;
        return new LimitUsage(limit, all, known, all.compareTo(limit.max()) > 0 ? BudgetBreach.Kind.EXCEEDED : other);
    }

    /**
     * Returns the used part of the limit.
     *
     * @return 1 for all of it; for a limit of zero, 0 if nothing was used and otherwise the used amount
     */
    public BigDecimal share() {
        return limit.max().signum() == 0 ? used : used.divide(limit.max(), DIGITS, RoundingMode.HALF_UP);
    }

    /**
     * Tells whether so much of the limit was used that its declaration asks for a warning.
     *
     * @return whether it was held, and its share is at least that of the warning
     */
    public boolean isNear() {
        BigDecimal warnAt = limit.warnAt();
        return breach == null
                && warnAt != null
                && used.signum() > 0
                && used.compareTo(limit.max().multiply(warnAt)) >= 0;
    }

    /**
     * Tells whether nobody knows how much was used.
     *
     * @return whether the used amount says nothing
     */
    public boolean isUnknown() {
        return breach == BudgetBreach.Kind.UNPRICED
                || breach == BudgetBreach.Kind.UNCOUNTED
                || (!complete && used.signum() == 0);
    }

    /**
     * Shows the limit.
     *
     * @return for example {@code $0.02}, {@code $0.02 a call} or {@code 7,500 tokens}
     */
    public String describeLimit() {
        String each = limit.per() == Scope.CALL ? " a call" : "";
        if (limit.metric() == Metric.COST) {
            return Usd.exact(limit.max()) + each;
        }
        boolean one = limit.max().compareTo(BigDecimal.ONE) == 0;
        return TextTable.count(limit.max().longValue()) + " "
                + (one ? limit.metric().singular() : limit.metric().label()) + each;
    }

    /**
     * Shows the used part; only what is exactly all of the limit reads 100%.
     *
     * @return for example {@code 34%} or {@code >100%}, {@code >=34%} for the least that it can be, or {@code unknown}
     */
    public String describeShare() {
        if (isUnknown()) {
            return "unknown";
        }
        if (limit.max().signum() == 0) {
            return used.signum() == 0 ? "0%" : "over";
        }
        String least = complete ? "" : ">=";
        BigDecimal percent = share().movePointRight(PERCENT).setScale(0, RoundingMode.HALF_UP);
        int over = used.compareTo(limit.max());
        if (over != 0 && percent.compareTo(ALL) == 0) {
            return over > 0 ? ">100%" : least + "99%";
        }
        return least + Thousands.separated(percent.toPlainString()) + "%";
    }
}
