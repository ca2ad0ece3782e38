package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.price.Cost;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One number that must not be exceeded: equal passes, one more fails. Zero is a real limit.
 *
 * @param metric what it is about
 * @param max the number: USD, tokens, or calls
 * @param per which calls are added up
 * @param hard whether it holds while calls run: they are refused, or their streams cut
 * @param roles the roles of the calls it counts
 * @param over what is compared with it where a test runs several times
 * @param warnAt the share of the number, above 0 and at most 1, from which reports warn; {@code null} for no warning
 * @param declaration how it was declared, such as {@code @MaxCost(0.02)}
 * @param declaredOn where, such as {@code SupportBotTest.answersARefundQuestion}
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Limit(
        Metric metric,
        BigDecimal max,
        Scope per,
        boolean hard,
        Set<Role> roles,
        Over over,
        @Nullable BigDecimal warnAt,
        String declaration,
        String declaredOn) {

    /**
     * Checks the numbers.
     *
     * @param metric what it is about
     * @param max the number: USD, tokens, or calls
     * @param per which calls are added up
     * @param hard whether it holds while calls run
     * @param roles the roles of the calls it counts
     * @param over what is compared with it where a test runs several times
     * @param warnAt the share of the number from which reports warn, {@code null} for no warning
     * @param declaration how it was declared, such as {@code @MaxCost(0.02)}
     * @param declaredOn where, such as {@code SupportBotTest.answersARefundQuestion}
     * @throws IllegalArgumentException if the number is negative, or counts no role
     */
    public Limit {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(per, "per");
        Objects.requireNonNull(over, "over");
        Objects.requireNonNull(declaration, "declaration");
        Objects.requireNonNull(declaredOn, "declaredOn");
        if (max.signum() < 0) {
            throw new IllegalArgumentException(declaration + " on " + declaredOn + " is negative");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(declaration + " on " + declaredOn + " counts the calls of no role");
        }
        roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    /**
     * A limit on the calls that the code under test makes in each test, checked when the test is over.
     *
     * @param metric what it is about
     * @param max the number: USD, tokens, or calls
     * @param declaration how it was declared, such as {@code @MaxCost(0.02)}
     * @param declaredOn where, such as {@code SupportBotTest.answersARefundQuestion}
     * @throws IllegalArgumentException if the number is negative
     */
    public Limit(Metric metric, BigDecimal max, String declaration, String declaredOn) {
        this(metric, max, Scope.TEST, false, EnumSet.of(Role.SUBJECT), Over.EACH, null, declaration, declaredOn);
    }

    /**
     * Returns this limit for other calls.
     *
     * @param scope which calls are added up
     * @param counted the roles of the calls it counts
     * @return the changed limit
     */
    public Limit of(Scope scope, Set<Role> counted) {
        return new Limit(metric, max, scope, hard, counted, over, warnAt, declaration, declaredOn);
    }

    /**
     * Returns this limit as one that holds while calls run.
     *
     * @return the changed limit
     */
    public Limit hardened() {
        return new Limit(metric, max, per, true, roles, over, warnAt, declaration, declaredOn);
    }

    /**
     * Returns this limit for all runs of a test together.
     *
     * @param statistic what is compared with it
     * @return the changed limit
     */
    public Limit over(Over statistic) {
        return new Limit(metric, max, per, hard, roles, statistic, warnAt, declaration, declaredOn);
    }

    /**
     * Returns this limit as that of another place, which inherits it.
     *
     * @param place where
     * @return the changed limit
     */
    public Limit inheritedBy(String place) {
        return new Limit(
                metric, max, per, hard, roles, over, warnAt, declaration, declaredOn + ", inherited by " + place);
    }

    /**
     * Returns this limit with a warning before it.
     *
     * @param share the share of the number from which reports warn
     * @return the changed limit
     */
    public Limit warningAt(BigDecimal share) {
        return new Limit(metric, max, per, hard, roles, over, share, declaration, declaredOn);
    }

    /**
     * Tells whether a call counts.
     *
     * @param call the call
     * @return whether it does
     */
    public boolean counts(LlmCall call) {
        return roles.contains(call.role());
    }

    /**
     * Measures what a call uses of this limit.
     *
     * @param call the call
     * @param cost its list cost
     * @return USD, tokens or calls, as far as they are known; 0 for a call that does not count
     */
    public BigDecimal usedBy(LlmCall call, Cost cost) {
        return counts(call) ? metric.of(Amounts.of(call, cost)) : BigDecimal.ZERO;
    }

    /**
     * Tells whether it is known in full what a call uses of this limit.
     *
     * @param call the call
     * @param cost its list cost
     * @return whether it is all there is, and not the least that there can be
     */
    public boolean isCompleteFor(LlmCall call, Cost cost) {
        return !counts(call) || metric.inPart(Amounts.of(call, cost)) == 0;
    }

    /**
     * Tells whether another limit is about the same amounts, so that the nearer of the two replaces the other.
     *
     * @param other the other limit
     * @return whether it is
     */
    public boolean isAboutTheSameAs(Limit other) {
        return metric == other.metric && per == other.per && over == other.over && roles.equals(other.roles);
    }
}
