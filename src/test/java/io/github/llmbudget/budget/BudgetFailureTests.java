package io.github.llmbudget.budget;

import static io.github.llmbudget.budget.Usages.PRICES;
import static io.github.llmbudget.budget.Usages.chat;
import static io.github.llmbudget.budget.Usages.maxCalls;
import static io.github.llmbudget.budget.Usages.maxCost;
import static io.github.llmbudget.budget.Usages.maxTokens;
import static io.github.llmbudget.budget.Usages.uncounted;
import static io.github.llmbudget.budget.Usages.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.testing.Golden;
import io.github.llmbudget.usage.UsageTotals;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Holds the whole message by files, see {@code src/test/resources/golden}. */
class BudgetFailureTests {

    private static final String REPORT = "target/llm-budget/index.html#SupportBotTest.answersARefundQuestion";

    @Test
    void explainsTheScenarioOfTheDesign() {
        LlmCall first = chat(1204, 310).toBuilder().requestDigest("a1").build();
        LlmCall estimated = chat(0, 0).toBuilder()
                .tokens(TokenCounts.of(1530, 412), CountSource.ESTIMATED)
                .countNote("estimated with o200k_base: the stream ended without usage")
                .streaming(true)
                .requestDigest("a2")
                .build();
        LlmCall repeated = chat(1204, 298).toBuilder().requestDigest("a1").build();
        LlmCall embeddings = LlmCall.of(Operation.EMBEDDINGS, "text-embedding-3-small")
                .tokens(TokenCounts.of(96, 0), CountSource.REPORTED)
                .requestDigest("a4")
                .build();
        LlmCall cached = chat(0, 0).toBuilder()
                .tokens(new TokenCounts(2113, 1024, 0, 0, 655, 0, 0), CountSource.REPORTED)
                .requestDigest("a5")
                .build();

        BudgetExceededError error =
                fail(usage(first, estimated, repeated, embeddings, cached), maxCost("0.02"), maxTokens(7500));

        assertGolden(error.getMessage(), "budget-design-scenario.txt");
        assertThat(error.breaches()).extracting(BudgetBreach::call).containsExactly(3, 5);
        assertThat(error.getExpected().getStringRepresentation()).isEqualTo("cost <= $0.02000, tokens <= 7,500");
        assertThat(error.getActual().getStringRepresentation()).isEqualTo("cost $0.03060, tokens 7,822");
        assertThat(error.getStackTrace()).isEmpty();
    }

    @Test
    void explainsAModelWithoutPrice() {
        BudgetExceededError error =
                fail(usage(chat(1204, 310), chat("gpt-4p", 100, 20)), maxCost("0.02"), maxTokens(7500));

        assertGolden(error.getMessage(), "budget-unknown-price.txt");
        assertThat(error.getActual().getStringRepresentation()).isEqualTo("cost unknown");
    }

    @Test
    void explainsAServiceTierWithoutPrice() {
        LlmCall scaled =
                chat("gpt-4o", 1_204, 310).toBuilder().serviceTier("scale").build();

        assertGolden(fail(usage(scaled), maxCost("0.02")).getMessage(), "budget-unknown-tier.txt");
    }

    @Test
    void explainsAToolThatTheServiceBillsByUse() {
        LlmCall searching = chat("gpt-4o", 1_204, 310).toBuilder()
                .toolCalls(Map.of("web_search", 2L))
                .build();

        assertGolden(fail(usage(searching), maxCost("0.02")).getMessage(), "budget-unpriced-tool.txt");
    }

    @Test
    void explainsACallNobodyCounted() {
        LlmCall background = uncounted().toBuilder()
                .countNote("the service answered before the work was done")
                .build();

        assertGolden(
                fail(usage(chat(1204, 310), background), maxCost("0.02"), maxTokens(7500))
                        .getMessage(),
                "budget-uncounted-call.txt");
    }

    @Test
    void explainsACallThatNamesNoModel() {
        LlmCall nameless = LlmCall.of(Operation.OTHER, null)
                .tokens(TokenCounts.of(5, 0), CountSource.REPORTED)
                .build();

        assertGolden(fail(usage(nameless), maxCost("0.02")).getMessage(), "budget-no-model.txt");
    }

    @Test
    void foldsTheMiddleOfManyCalls() {
        LlmCall[] calls = IntStream.rangeClosed(1, 40)
                .mapToObj(number -> chat(100 + number, 10).toBuilder()
                        .requestDigest("d" + number)
                        .build())
                .toArray(LlmCall[]::new);

        String message = fail(usage(calls), maxTokens(3000)).getMessage();
        assertGolden(message, "budget-forty-calls.txt");
        assertThat(message.lines().filter(line -> line.matches("  (\\d+|\\.\\.\\.) .*")))
                .hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void showsTheDigitByWhichALimitWasCrossed() {
        assertGolden(
                fail(usage(chat("gpt-3.5-turbo-instruct", 4, 14)), maxCost("0.000033999"))
                        .getMessage(),
                "budget-a-billionth-over.txt");
    }

    @Test
    void explainsLimitsOfZero() {
        assertGolden(
                fail(usage(chat(4, 14)), maxCost("0"), maxTokens(0), maxCalls(0))
                        .getMessage(),
                "budget-zero-limits.txt");
    }

    @Test
    void marksEstimatesAndFailures() {
        LlmCall refused = uncounted().toBuilder()
                .status(CallStatus.FAILED, 429)
                .countNote("the call failed")
                .build();
        LlmCall cut = chat(0, 0).toBuilder()
                .tokens(TokenCounts.of(1204, 25), CountSource.ESTIMATED)
                .countNote("estimated with o200k_base: the answer broke off")
                .status(CallStatus.CUT, 200)
                .build();
        LlmCall dropped = uncounted().toBuilder()
                .status(CallStatus.FAILED, 0)
                .countNote("the call failed")
                .build();

        assertGolden(
                fail(usage(refused, cut, dropped, chat(1204, 310)), maxCalls(3)).getMessage(),
                "budget-estimates-and-failures.txt");
    }

    @Test
    void notesWhatDoesNotAddUpInTheFiguresOfTheService() {
        LlmCall odd = chat(0, 0).toBuilder()
                .tokens(new TokenCounts(81, 192, 0, 0, 5, 9, 0), CountSource.REPORTED)
                .anomalies(List.of("cached input of 192 exceeds input of 81", "reasoning of 9 exceeds output of 5"))
                .build();
        LlmCall estimated = chat(0, 0).toBuilder()
                .tokens(TokenCounts.of(1204, 25), CountSource.ESTIMATED)
                .countNote("estimated with o200k_base: the answer broke off")
                .build();

        assertGolden(fail(usage(estimated, odd), maxCalls(1)).getMessage(), "budget-anomalies.txt");
        assertThat(fail(usage(odd, chat(1, 1), odd, odd), maxCalls(1))
                        .getMessage()
                        .lines()
                        .filter(line -> line.startsWith("  !")))
                .containsExactly(
                        "  ! call 1: cached input of 192 exceeds input of 81",
                        "  ! call 1: reasoning of 9 exceeds output of 5",
                        "  ! call 1: its cost is the most that it can be",
                        "  ! and 6 more");
    }

    @Test
    void showsCallsOfOtherRolesApart() {
        LlmCall judge =
                chat("o3", 900, 100).toBuilder().role(Role.JUDGE, "judge").build();
        LlmCall setup = chat(10, 10).toBuilder().role(Role.SETUP, "setup").build();

        assertGolden(fail(usage(setup, chat(1204, 310), judge), maxCalls(0)).getMessage(), "budget-other-roles.txt");
    }

    @Test
    void namesEachPlaceThatDeclaresALimit() {
        Limit ofTheClass = new Limit(Metric.CALLS, BigDecimal.ZERO, "@MaxCalls(0)", "SupportBotTest");

        assertThat(fail(usage(chat(4, 14)), maxTokens(5), ofTheClass)
                        .getMessage()
                        .lines())
                .contains(
                        "  @MaxTokens(5) on SupportBotTest.answersARefundQuestion", "  @MaxCalls(0) on SupportBotTest");
    }

    @Test
    void saysInItsFirstLineAllThatIsWrong() {
        assertThat(fail(usage(chat(4, 14), chat("nobody-knows", 1, 1)), maxCost("1"), maxCalls(1))
                        .getMessage()
                        .lines())
                .startsWith(
                        "LLM budget exceeded: calls 2 > 1 (+100%), in 2 calls; LLM budget cannot be checked: no price"
                                + " for model \"nobody-knows\", so nobody can say that @MaxCost(1) was held");
    }

    private static BudgetExceededError fail(UsageTotals usage, Limit... limits) {
        Budget budget = new Budget(List.of(limits), BudgetPolicy.DEFAULT);
        List<BudgetBreach> breaches = budget.check(usage);
        assertThat(breaches).isNotEmpty();
        return new BudgetFailure(budget, breaches, List.of(), usage, PRICES, REPORT).toError();
    }

    /** Compares a message, where it names no list and day, for these move on. */
    private static void assertGolden(String message, String file) {
        Golden.assertMatches(message.replace(Usages.PRICES.basis().toString(), "<list>"), file);
    }
}
