package io.github.llmbudget.budget;

import static io.github.llmbudget.budget.Usages.chat;
import static io.github.llmbudget.budget.Usages.limit;
import static io.github.llmbudget.budget.Usages.maxCalls;
import static io.github.llmbudget.budget.Usages.maxCost;
import static io.github.llmbudget.budget.Usages.maxTokens;
import static io.github.llmbudget.budget.Usages.uncounted;
import static io.github.llmbudget.budget.Usages.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.llmbudget.budget.BudgetBreach.Kind;
import io.github.llmbudget.budget.BudgetPolicy.MissingUsage;
import io.github.llmbudget.budget.BudgetPolicy.UnknownPrice;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.usage.UsageTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTests {

    private static final BudgetPolicy WARN = new BudgetPolicy(UnknownPrice.WARN, MissingUsage.ESTIMATE);
    private static final BudgetPolicy REPORTED_ONLY = new BudgetPolicy(UnknownPrice.FAIL, MissingUsage.FAIL);

    // Two calls of 100 input and 10 output tokens of gpt-4o cost 2 * 0.00035 USD.
    private static final UsageTotals TWO_CALLS = usage(chat(100, 10), chat(100, 10));

    @ParameterizedTest
    @ValueSource(strings = {"0.0007", "0.00070", "7E-4", "0.000700000001", "1000"})
    void passesWhenExactlyAsMuchIsSpent(String max) {
        assertThat(check(TWO_CALLS, maxCost(max))).isEmpty();
    }

    @Test
    void failsWhenABillionthOfADollarTooMuchIsSpent() {
        assertThatBreaches(check(TWO_CALLS, maxCost("0.000699999")))
                .containsExactly(
                        new BudgetBreach(maxCost("0.000699999"), Kind.EXCEEDED, new BigDecimal("0.000700"), 2));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void passesWhenEqualAndFailsAtOneMore(Metric metric) {
        long used = switch (metric) {
            case COST -> 1;
            case TOKENS -> 220;
            case INPUT_TOKENS -> 200;
            case OUTPUT_TOKENS -> 20;
            case CALLS -> 2;
        };
        UsageTotals measured = metric == Metric.COST ? usage(chat(200_000, 0), chat(200_000, 0)) : TWO_CALLS;

        assertThat(check(measured, limit(metric, used))).isEmpty();
        assertThat(check(measured, limit(metric, used - 1))).singleElement().satisfies(breach -> {
            assertThat(breach.kind()).isEqualTo(Kind.EXCEEDED);
            assertThat(breach.actual()).isEqualByComparingTo(BigDecimal.valueOf(used));
            assertThat(breach.call()).isEqualTo(metric == Metric.COST ? 1 : 2);
        });
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void takesZeroForARealLimit(Metric metric) {
        assertThat(check(usage(), limit(metric, 0))).isEmpty();
        assertThat(check(usage(chat(1, 1)), limit(metric, 0)))
                .singleElement()
                .extracting(BudgetBreach::call)
                .isEqualTo(1);
    }

    @Test
    void refusesANegativeLimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maxCost("-0.01"))
                .withMessage("@MaxCost(-0.01) on SupportBotTest.answersARefundQuestion is negative");
    }

    @Test
    void namesTheCallThatCrossedTheLimitAndAllThatWasUsed() {
        UsageTotals usage = usage(chat(10, 0), chat(10, 0), chat(10, 0), chat(10, 0));

        assertThat(check(usage, maxTokens(20)))
                .containsExactly(new BudgetBreach(maxTokens(20), Kind.EXCEEDED, BigDecimal.valueOf(40), 3));
    }

    @Test
    void reportsEachBrokenLimitInTheOrderOfTheLimits() {
        assertThat(check(TWO_CALLS, maxCalls(1), maxCost("1"), maxTokens(100), maxCost("0.0001")))
                .extracting(BudgetBreach::limit)
                .containsExactly(maxCalls(1), maxTokens(100), maxCost("0.0001"));
    }

    @Test
    void cannotHoldACostLimitOverAModelWithoutPriceUnlessToldToWarn() {
        UsageTotals usage = usage(chat(10, 10), chat("nobody-knows", 10, 10));

        assertThatBreaches(check(usage, maxCost("1"), maxTokens(40), maxCalls(2)))
                .containsExactly(new BudgetBreach(maxCost("1"), Kind.UNPRICED, new BigDecimal("0.000125"), 2));
        assertThat(new Budget(List.of(maxCost("1")), WARN).check(usage)).isEmpty();
        assertThat(new Budget(List.of(maxCost("0.0001")), WARN).check(usage))
                .extracting(BudgetBreach::kind)
                .containsExactly(Kind.EXCEEDED);
    }

    @Test
    void knowsInFullWhatHasNoCallWithoutPriceOrCount() {
        Budget budget = new Budget(List.of(), WARN);
        UsageTotals unpriced = usage(chat(10, 10), chat("nobody-knows", 10, 10));

        assertThat(budget.isComplete(maxCost("1"), usage(chat(10, 10)))).isTrue();
        assertThat(budget.isComplete(maxCost("1"), unpriced)).isFalse();
        assertThat(budget.isComplete(maxTokens(100), unpriced)).isTrue();
        assertThat(budget.isComplete(maxCost("1").of(Scope.TEST, Set.of(Role.JUDGE)), unpriced))
                .isTrue();
    }

    @Test
    void takesAPartWithoutPriceForNoPrice() {
        LlmCall audio = chat(10, 10).toBuilder()
                .tokens(new TokenCounts(10, 0, 0, 5, 10, 0, 0), CountSource.REPORTED)
                .build();

        assertThat(check(usage(audio), maxCost("1")))
                .extracting(BudgetBreach::kind)
                .containsExactly(Kind.UNPRICED);
    }

    @Test
    void cannotHoldALimitOnTokensOrCostOverACallNobodyCounted() {
        UsageTotals usage = usage(chat(10, 10), uncounted());

        for (BudgetPolicy policy : List.of(BudgetPolicy.DEFAULT, WARN, REPORTED_ONLY)) {
            assertThatBreaches(new Budget(List.of(maxCost("1"), maxTokens(100), maxCalls(2)), policy).check(usage))
                    .containsExactly(
                            new BudgetBreach(maxCost("1"), Kind.UNCOUNTED, new BigDecimal("0.000125"), 2),
                            new BudgetBreach(maxTokens(100), Kind.UNCOUNTED, BigDecimal.valueOf(20), 2));
        }
    }

    @Test
    void takesEstimatesUnlessToldToFail() {
        LlmCall estimated = chat(10, 10).toBuilder()
                .tokens(TokenCounts.of(10, 10), CountSource.ESTIMATED)
                .build();
        UsageTotals usage = usage(estimated);

        assertThat(check(usage, maxCost("1"), maxTokens(20), maxCalls(1))).isEmpty();
        assertThat(check(usage, maxTokens(19))).extracting(BudgetBreach::kind).containsExactly(Kind.EXCEEDED);
        assertThat(new Budget(List.of(maxCost("1"), maxTokens(20), maxCalls(1)), REPORTED_ONLY).check(usage))
                .extracting(BudgetBreach::kind, breach -> breach.limit().metric())
                .containsExactly(tuple(Kind.UNCOUNTED, Metric.COST), tuple(Kind.UNCOUNTED, Metric.TOKENS));
    }

    @Test
    void prefersWhatIsKnownToBeExceededToWhatIsNotKnown() {
        assertThat(check(usage(uncounted(), chat("nobody-knows", 1, 1), chat(10, 10)), maxTokens(5), maxCost("0")))
                .extracting(BudgetBreach::kind, BudgetBreach::call)
                .containsExactly(tuple(Kind.EXCEEDED, 3), tuple(Kind.EXCEEDED, 3));
    }

    @Test
    void countsAFailedCallAsACallThatUsedNothing() {
        LlmCall failed = uncounted().toBuilder().status(CallStatus.FAILED, 429).build();

        assertThat(check(usage(failed), maxCost("0"), maxTokens(0), maxCalls(1)))
                .isEmpty();
        assertThat(check(usage(failed), maxCalls(0))).hasSize(1);
    }

    @Test
    void takesAModerationWithoutTokensForACallThatUsedNothing() {
        LlmCall moderation =
                LlmCall.of(Operation.MODERATIONS, "omni-moderation-latest").build();

        for (BudgetPolicy policy : List.of(BudgetPolicy.DEFAULT, WARN, REPORTED_ONLY)) {
            assertThat(new Budget(List.of(maxCost("0"), maxTokens(0), maxCalls(1)), policy).check(usage(moderation)))
                    .isEmpty();
        }
        assertThat(check(usage(moderation), maxCalls(0)))
                .extracting(BudgetBreach::kind)
                .containsExactly(Kind.EXCEEDED);
        assertThat(usage(moderation, chat(100, 10)).isComplete()).isTrue();
        assertThat(check(usage(moderation, chat(100, 10)), maxCost("0.00035"), maxTokens(110)))
                .isEmpty();
    }

    @Test
    void cannotHoldALimitOnCallsOverACallThatStillRuns() {
        LlmCall unfinished =
                uncounted().toBuilder().status(CallStatus.UNFINISHED, 0).build();

        assertThat(check(usage(unfinished), maxCalls(5)))
                .extracting(BudgetBreach::kind)
                .containsExactly(Kind.UNCOUNTED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"JUDGE", "SETUP"})
    void leavesCallsOfOtherRolesOutside(Role role) {
        LlmCall other = chat(1_000_000, 0).toBuilder().role(role, "span").build();
        LlmCall unknown = uncounted().toBuilder().role(role, "span").build();
        UsageTotals usage = usage(other, chat(10, 10), unknown);

        assertThat(check(usage, maxCost("0.000125"), maxTokens(20), maxCalls(1)))
                .isEmpty();
        assertThat(check(usage, maxTokens(19))).extracting(BudgetBreach::call).containsExactly(1);
        assertThat(budget(maxTokens(19)).used(maxTokens(19), usage)).isEqualByComparingTo("20");
    }

    @Test
    void keepsItsLimitsThoughTheListChanges() {
        List<Limit> limits = new ArrayList<>(List.of(maxCalls(0)));
        Budget budget = new Budget(limits, BudgetPolicy.DEFAULT);
        limits.clear();

        assertThat(budget.check(TWO_CALLS)).hasSize(1);
    }

    @Property(tries = 200)
    void breachesExactlyWhenMoreIsUsedThanTheLimitAllows(
            @ForAll @Size(max = 8) List<@IntRange(max = 50) Integer> tokens, @ForAll @IntRange(max = 200) int max) {
        UsageTotals usage = usage(tokens.stream().map(count -> chat(count, 0)).toArray(LlmCall[]::new));
        int sum = tokens.stream().mapToInt(Integer::intValue).sum();

        assertThat(check(usage, maxTokens(max))).hasSize(sum > max ? 1 : 0);
        assertThat(check(usage, maxTokens(max))).allSatisfy(breach -> {
            assertThat(tokens.subList(0, breach.call()).stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isGreaterThan(max);
            assertThat(tokens.subList(0, breach.call() - 1).stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isLessThanOrEqualTo(max);
        });
    }

    /** Compares amounts by their value: 0.0007 is 0.00070. */
    private static ListAssert<BudgetBreach> assertThatBreaches(List<BudgetBreach> breaches) {
        return assertThat(breaches)
                .usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
                        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                        .build());
    }

    private static List<BudgetBreach> check(UsageTotals usage, Limit... limits) {
        return budget(limits).check(usage);
    }

    private static Budget budget(Limit... limits) {
        return new Budget(List.of(limits), BudgetPolicy.DEFAULT);
    }
}
