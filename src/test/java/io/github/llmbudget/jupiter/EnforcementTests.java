package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failed;
import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.Golden;
import io.github.llmbudget.testing.JupiterRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnforcementTests {

    private static final Pattern COMPLETE = Pattern.compile("\"metric\":\"(\\w+)\".*?\"complete\":(\\w+)");

    @TempDir
    Path directory;

    private JupiterRun run;

    @BeforeEach
    void prepare() {
        run = new JupiterRun(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "RefusesTheThirdCall, budget-calls-refused.txt",
        "RefusesWhatCostsTooMuch, budget-cost-refused.txt",
        "CutsAStream, budget-stream-cut.txt",
        "TooMuchOnAverage, budget-mean.txt",
        "TooMuchTooOften, budget-percentile.txt"
    })
    void saysWhatWasRefusedAndCutAndWhatItSaved(String testCase, String golden) throws ClassNotFoundException {
        Throwable failure = run.failureOf(Class.forName(EnforcementTestCases.class.getName() + "$" + testCase));

        assertThat(failure).isInstanceOf(BudgetExceededError.class);
        Golden.assertMatches(
                String.valueOf(failure.getMessage())
                        .replace(PriceCatalog.builtIn().basis().toString(), "<list>")
                        .replace(directory.toString(), "<report>"),
                golden);
    }

    @Test
    void holdsEachCallByItselfAndAllTogether() {
        var results = run.execute(EnforcementTestCases.HoldsEachCallByItself.class);

        assertThat(failed(results)).containsExactlyInAnyOrder("broken(MockLlm)", "refused(MockLlm)");
        assertThat(failures(results))
                .extracting(Throwable::getMessage)
                .anySatisfy(message ->
                        assertThat(message).startsWith("LLM budget exceeded: tokens of one call 18 > 17 (+6%)"));
    }

    @Test
    void failsTheTestThatCrossesALimitOfItsClassAndThoseThatGoOn() {
        var results = run.execute(EnforcementTestCases.SharesALimit.class);

        assertThat(failed(results)).containsExactly("crosses(MockLlm)", "goesOn(MockLlm)");
        assertThat(failures(results))
                .first()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("LLM budget exceeded: calls of the class 4 > 3 (+33%), in 2 calls");
    }

    @Test
    void refusesWhatAHardLimitOfTheClassHasNoRoomForInNestedClassesToo() {
        var results = run.execute(EnforcementTestCases.SharesAHardLimit.class);

        assertThat(failed(results)).containsExactly("isRefused(MockLlm)");
        assertThat(failures(results).get(0))
                .hasMessageStartingWith("LLM budget exceeded: 1 call refused, calls of the class at 3 of 3");
    }

    @Test
    void failsTheTestThatCrossesALimitOfTheRunAndRefusesTheCallsOfThoseThatFollow() {
        run.with(Configuration.SUITE_MAX_CALLS, "3");

        var results = run.execute(EnforcementTestCases.FirstOfTheRun.class);

        assertThat(failed(results)).containsExactly("crosses(MockLlm)", "isRefused(MockLlm)");
        assertThat(failures(results))
                .extracting(Throwable::getMessage)
                .anySatisfy(message -> assertThat(message)
                        .startsWith("LLM budget exceeded: calls of the run 4 > 3 (+33%), in 2 calls")
                        .contains("llmbudget.suite.max-calls=3 on the whole run"))
                .anySatisfy(message -> assertThat(message)
                        .startsWith("LLM budget exceeded: 1 call refused, calls of the run at 4 of 3")
                        .contains("was crossed by EnforcementTestCases.FirstOfTheRun.crosses"));
    }

    @Test
    void sharesALimitOfTheRunAmongItsClasses() {
        run.with(Configuration.SUITE_MAX_TOKENS, "40");

        var results = run.execute(EnforcementTestCases.PreparesTheClass.class, EnforcementTestCases.NearItsLimit.class);

        assertThat(failures(results))
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("LLM budget exceeded: tokens of the run 54 > 40 (+35%), in 1 call");
    }

    @Test
    void countsOtherRolesOnlyWhereALimitAsksForThem() {
        var results = run.execute(EnforcementTestCases.OtherRoles.class);

        assertThat(failed(results))
                .containsExactlyInAnyOrder(
                        "haveALimitOfTheirOwn(MockLlm, TokenUsage)", "areCountedWithTheOthers(MockLlm, TokenUsage)");
        assertThat(failures(results))
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessageStartingWith("LLM budget exceeded: calls ")
                        .hasMessageContaining("  judge"));
    }

    @Test
    void refusesAllCallsWhereNoneIsExpected() {
        assertThat(run.failureOf(EnforcementTestCases.NoCalls.class))
                .isInstanceOf(BudgetExceededError.class)
                .hasMessageStartingWith("LLM budget exceeded: 1 call refused, calls at 0 of 0")
                .hasMessageContaining("@ExpectNoLlmCalls on EnforcementTestCases.NoCalls.makesOne");
        assertThat(failures(run.execute(EnforcementTestCases.NoCallsButWhereAllowed.class)))
                .isEmpty();
    }

    @Test
    void refusesModelsThatAreNotAllowed() {
        var results = run.execute(EnforcementTestCases.Models.class);

        assertThat(failed(results))
                .containsExactlyInAnyOrder("refusesAnother(MockLlm)", "noticesAnotherThatAnswers(MockLlm)");
        assertThat(failures(results))
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(ModelNotAllowedError.class))
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder("""
                        LLM model not allowed: calls of gpt-4o were refused

                          @AllowedModels({gpt-4o-mini, text-embedding-*}) on EnforcementTestCases.Models""", """
                        LLM model not allowed: gpt-4.1 answered

                          @AllowedModels({gpt-4o-mini, text-embedding-*}) on EnforcementTestCases.Models""");
    }

    @Test
    void comparesTheMeanAndThePercentileOfAllRuns() throws IOException {
        assertThat(failures(run.execute(EnforcementTestCases.Repeated.class))).isEmpty();
        assertThat(journal()).contains("EnforcementTestCases.Repeated.heldByTheMean (21 runs)");

        assertThat(failed(run.execute(EnforcementTestCases.TooMuchOnAverage.class)))
                .containsExactly("test(int, MockLlm)");
        assertThat(failed(run.execute(EnforcementTestCases.OnceOnly.class))).containsExactly("broken(MockLlm)");
    }

    @Test
    void givesEachClassThatInheritsALimitItsOwn() {
        var results = run.execute(EnforcementTestCases.OuterThatInherits.class);

        assertThat(failures(results))
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("LLM budget exceeded: calls of the class 2 > 1 (+100%), in 1 call")
                .contains("EnforcementTestCases.Inheritable, inherited by EnforcementTestCases.OuterThatInherits\n");
    }

    @Test
    void tellsTestsOfTheSameNameApart() {
        assertThat(failed(run.execute(EnforcementTestCases.Overloaded.class)))
                .containsExactly("test(MockLlm, TokenUsage)");
    }

    @Test
    void waitsForTheCallsOfATestThatWasInterruptedAndLeavesTheNextOneAlone() throws IOException {
        run.with(Configuration.SUITE_MAX_CALLS, "20");

        var results = run.execute(EnforcementTestCases.Interrupted.class);
        assertThat(Thread.interrupted() || failures(results).isEmpty()).isTrue();

        assertThat(failures(results)).isEmpty();
        assertThat(journal())
                .contains("EnforcementTestCases.Interrupted.isInterruptedWhileACallRuns")
                .contains("EnforcementTestCases.Interrupted.goesItsOwnWay");
    }

    @Test
    void leavesAbortedRunsOutOfTheMean() {
        assertThat(run.failureOf(EnforcementTestCases.PartlyAborted.class))
                .hasMessageStartingWith("LLM budget exceeded: mean calls 2 > 1 (+100%), over 1 run");
    }

    @Test
    void expectsNoCallsBesidesThoseOfARoleThatMayMakeSome() {
        assertThat(run.failureOf(EnforcementTestCases.NoCallsButOfTheJudge.class))
                .hasMessageStartingWith("LLM budget exceeded: 1 call refused, calls at 0 of 0");
    }

    @Test
    void keepsCallsOutsideOfTestsApart() throws IOException {
        assertThat(failures(run.execute(EnforcementTestCases.PreparesTheClass.class)))
                .isEmpty();

        assertThat(journal())
                .contains("\"name\":\"EnforcementTestCases.PreparesTheClass (class)\"")
                .contains("\"name\":\"EnforcementTestCases.PreparesTheClass.test\"")
                .contains("\"role\":\"SETUP\"");
    }

    @Test
    void tellsOfEachLimitWhetherAllThatItCountsIsKnown() throws IOException {
        run.with(Configuration.UNKNOWN_PRICE, "warn");
        assertThat(failures(run.execute(EnforcementTestCases.SharesACostThatNobodyKnows.class)))
                .isEmpty();

        assertThat(journal().lines().filter(line -> line.contains("\"metric\"")))
                .extracting(line -> COMPLETE.matcher(line)
                        .results()
                        .map(limit -> limit.group(1) + " " + limit.group(2))
                        .sorted()
                        .toList())
                .containsExactlyInAnyOrder(
                        List.of("TOKENS true"), List.of("COST false", "TOKENS true"), List.of("COST false"));
    }

    @Test
    void knowsOfATestThatPassesWithoutACallWhenItIsRunAgain() throws IOException {
        EnforcementTestCases.FailsTheFirstTime.ATTEMPTS.set(0);
        assertThat(failures(run.execute(EnforcementTestCases.FailsTheFirstTime.class)))
                .hasSize(1);
        assertThat(failures(run.execute(EnforcementTestCases.FailsTheFirstTime.class)))
                .isEmpty();

        assertThat(journal().lines().filter(line -> line.contains("\"outcome\"")))
                .hasSize(2)
                .last(InstanceOfAssertFactories.STRING)
                .contains("\"outcome\":\"PASSED\"", "\"calls\":[]");
    }

    @Test
    void hardensAllLimitsByOneSetting() {
        run.with(Configuration.HARD, "true");

        assertThat(run.failureOf(LimitTestCases.OneCallOver.class))
                .hasMessageStartingWith("LLM budget exceeded: 1 call refused, calls at 1 of 1");
        assertThat(failures(run.execute(EnforcementTestCases.Repeated.class))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PerClassOnAMethod | @MaxCalls(value = 1, per = CLASS) on EnforcementTestCases.PerClassOnAMethod.test: a limit that the tests of a class share stands on the class.
                    PerSuite          | @MaxCalls(value = 1, per = SUITE) on EnforcementTestCases.PerSuite.test: a limit for the whole run is a setting, such as llmbudget.suite.max-cost.
                    HardMean          | @MaxCalls(value = 1, hard = true, over = MEAN) on EnforcementTestCases.HardMean.test: the mean is known when the last run is over, so it can be no hard limit, and none per call or class.
                    WarnsTooLate      | @MaxCost(1) on EnforcementTestCases.WarnsTooLate.test has warnAt = 1.5, but it is a share of the limit: above 0 and at most 1, such as warnAt = 0.8.
                    OfNoRole          | @MaxCost(value = 1, role = {}) on EnforcementTestCases.OfNoRole.test counts the calls of no role. Name one, such as role = SUBJECT.
                    NoModel           | @AllowedModels({}) on EnforcementTestCases.NoModel.test must name at least one model, and at least one role.
                    """)
    void refusesLimitsThatMakeNoSense(String testCase, String message) throws ClassNotFoundException {
        assertThat(run.failureOf(Class.forName(EnforcementTestCases.class.getName() + "$" + testCase)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void refusesTheSameLimitTwice() {
        assertThat(run.failureOf(EnforcementTestCases.TheSameTwice.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("EnforcementTestCases.TheSameTwice.test has @MaxCost twice: ");
    }

    private String journal() throws IOException {
        try (var files = Files.list(directory.resolve("journal"))) {
            List<Path> journals =
                    files.filter(file -> file.toString().endsWith(".jsonl")).toList();
            return journals.stream()
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .collect(Collectors.joining());
        }
    }
}
