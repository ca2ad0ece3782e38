package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.testing.JupiterRun;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

class LimitTests {

    private JupiterRun run;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        run = new JupiterRun(directory);
    }

    @Test
    void passesWhenExactlyAsMuchIsUsed() {
        run.execute(LimitTestCases.Held.class)
                .testEvents()
                .assertStatistics(statistics -> statistics.started(5).succeeded(5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    OneTokenOver            | tokens 18 > 17 (+6%), in 1 call
                    OneInputTokenOver       | input tokens 4 > 3 (+33%), in 1 call
                    OneOutputTokenOver      | output tokens 14 > 13 (+8%), in 1 call
                    OneCallOver             | calls 2 > 1 (+100%), in 2 calls
                    ABillionthOfADollarOver | cost $0.000034000 > $0.000033999 (+<1%), in 1 call
                    MoreThanNothing         | cost $0.000034 > $0.000000, in 1 call
                    TwoLimitsBroken         | cost $0.000102 > $0.000040 (+155%), tokens 54 > 30 (+80%), in 3 calls
                    """)
    void failsWhenMoreIsUsed(String testCase, String headline) throws ClassNotFoundException {
        Class<?> testClass = Class.forName(LimitTestCases.class.getName() + "$" + testCase);

        assertThat(run.failureOf(testClass))
                .isInstanceOf(BudgetExceededError.class)
                .hasMessageStartingWith("LLM budget exceeded: " + headline + "\n");
    }

    @Test
    void namesAllBrokenLimitsInOneFailure() {
        assertThat(run.failureOf(LimitTestCases.TwoLimitsBroken.class))
                .asInstanceOf(throwable(BudgetExceededError.class))
                .extracting(BudgetExceededError::breaches)
                .asInstanceOf(list(BudgetBreach.class))
                .extracting(breach -> breach.limit().metric())
                .containsExactly(Metric.COST, Metric.TOKENS);
    }

    @Test
    void givesExpectedAndActualToTheIde() {
        assertThat(run.failureOf(LimitTestCases.TwoLimitsBroken.class))
                .isInstanceOfSatisfying(AssertionFailedError.class, error -> {
                    assertThat(error.getExpected().getStringRepresentation())
                            .isEqualTo("cost <= $0.000040, tokens <= 30");
                    assertThat(error.getActual().getStringRepresentation()).isEqualTo("cost $0.000102, tokens 54");
                });
    }

    @Test
    void failsEvenIfTheCodeUnderTestCatchesEverything() {
        assertThat(run.failureOf(LimitTestCases.CatchesEverything.class)).isInstanceOf(BudgetExceededError.class);
    }

    @Test
    void keepsTheTestsOwnFailureFirst() {
        Throwable failure = run.failureOf(LimitTestCases.FailsItself.class);

        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("the test's own failure");
        assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(BudgetExceededError.class);
    }

    @Test
    void failsATestThatWasAbortedOverItsBudget() {
        assertThat(run.failureOf(LimitTestCases.AbortsItself.class)).isInstanceOf(BudgetExceededError.class);
    }

    @Test
    void doesNotCheckWhenSwitchedOff() {
        run.with(Configuration.ENABLED, "false");

        assertThat(failures(run.execute(LimitTestCases.TwoLimitsBroken.class))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "cheap"})
    void refusesADefaultThatIsNoAmount(String value) {
        run.with(Configuration.DEFAULT_MAX_COST, value);

        assertThat(run.failureOf(LimitTestCases.OneTokenOver.class))
                .hasMessageStartingWith("llmbudget.default.max-cost is '" + value + "' (junit-platform.properties)");
    }
}
