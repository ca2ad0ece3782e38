package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failed;
import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.testing.JupiterRun;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

class PlacementTests {

    private JupiterRun run;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        run = new JupiterRun(directory);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void letsTheNearestLimitWinForEachTestOfAClass(boolean parallel) {
        EngineExecutionResults results =
                (parallel ? run.inParallel() : run).execute(PlacementTestCases.OnTheClass.class);

        results.testEvents()
                .assertStatistics(statistics -> statistics.succeeded(4).failed(3));
        assertThat(failed(results))
                .containsExactlyInAnyOrder(
                        "broken(MockLlm)",
                        "stillBrokenUnderAnotherLimitOfTheMethod(MockLlm)",
                        "brokenInNested(MockLlm)");
    }

    @Test
    void inheritsLimitsFromTheSuperclass() {
        assertThat(failed(run.execute(PlacementTestCases.Inherited1.class)))
                .contains("broken(MockLlm)")
                .doesNotContain("loosenedByTheMethod(MockLlm)");
    }

    @Test
    void holdsNestedClassesThatAreInheritedToTheLimitsOfTheClassThatRunsThem() {
        assertThat(run.failureOf(PlacementTestCases.OnTheClassThatInheritsNested.class))
                .isInstanceOf(BudgetExceededError.class)
                .hasMessageContaining("@MaxCalls(1) on PlacementTestCases.OnTheClassThatInheritsNested\n");
    }

    @Test
    void inheritsLimitsFromAnInterface() {
        assertThat(run.failureOf(PlacementTestCases.OnAnInterface.class))
                .isInstanceOf(BudgetExceededError.class)
                .hasMessageContaining("@MaxCalls(1) on PlacementTestCases.Frugal\n");
    }

    @Test
    void findsLimitsOnMetaAnnotations() {
        assertThat(run.failureOf(PlacementTestCases.ByMetaAnnotation.class))
                .isInstanceOf(BudgetExceededError.class)
                .hasMessageContaining("@MaxTokens(100) @MaxCalls(1) on PlacementTestCases.ByMetaAnnotation\n");
    }

    @Test
    void recordsWithoutALimit() {
        assertThat(failures(run.execute(PlacementTestCases.WithoutLimit.class))).isEmpty();
    }

    @Test
    void takesDefaultLimitsFromTheConfiguration() {
        run.with(Configuration.DEFAULT_MAX_CALLS, "2");

        assertThat(run.failureOf(PlacementTestCases.WithoutLimit.class))
                .isInstanceOf(BudgetExceededError.class)
                .hasMessageContaining("llmbudget.default.max-calls=2 on every test without its own");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void checksEachInvocationOfATemplate(boolean parallel) {
        EngineExecutionResults results =
                (parallel ? run.inParallel() : run).execute(PlacementTestCases.Templates.class);

        results.testEvents()
                .assertStatistics(statistics -> statistics.succeeded(4).failed(2));
        assertThat(failed(results)).containsExactlyInAnyOrder("repetition 2 of 3", "[2] calls=2");
    }

    @Test
    void failsTheContainerOfDynamicTests() {
        EngineExecutionResults results = run.execute(PlacementTestCases.Factory.class);

        results.testEvents()
                .assertStatistics(statistics -> statistics.succeeded(3).failed(0));
        assertThat(failed(results)).containsExactly("factory(MockLlm)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void worksWithOneInstanceForAllTests(boolean parallel) {
        EngineExecutionResults results =
                (parallel ? run.inParallel() : run).execute(PlacementTestCases.OneInstance.class);

        assertThat(failed(results)).containsExactly("broken(MockLlm)");
    }

    @Test
    void countsTheCallsOfBeforeEachAndAfterEach() {
        assertThat(run.failureOf(PlacementTestCases.AroundTheTest.class))
                .isInstanceOf(BudgetExceededError.class)
                .hasMessageStartingWith("LLM budget exceeded: calls 4 > 3 (+33%)");
    }

    @Test
    void saysWhereParametersCanBeTaken() {
        assertThat(run.failureOf(PlacementTestCases.InTheConstructor.class))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessageContaining("TokenUsage is not available to")
                .hasMessageContaining("Take it as a parameter of the test method");
    }

    @Test
    void refusesTheSameLimitTwiceOnOneElement() {
        assertThat(run.failureOf(PlacementTestCases.TwiceOnOneMethod.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("PlacementTestCases.TwiceOnOneMethod.test has @MaxCalls twice: ")
                .hasMessageEndingWith("Keep one.");
    }

    @Test
    void refusesToPinTwoModes() {
        assertThat(run.failureOf(PlacementTestCases.TwoModes.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("@LlmBudget(mode = [MOCK, LIVE]) on PlacementTestCases.TwoModes.test pins several modes."
                        + " Name one, or none to leave it to llmbudget.mode.");
    }

    @Test
    void refusesLimitsThatCannotBeMeant() {
        assertThat(failures(run.execute(PlacementTestCases.Negative.class)))
                .hasOnlyElementsOfType(ConfigurationException.class)
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder(
                        "@MaxCost(-0.01) on PlacementTestCases.Negative.cost: a cost limit is an amount in USD, zero or"
                                + " more, such as @MaxCost(0.02).",
                        "@MaxTokens(output = -5) on PlacementTestCases.Negative.tokens: a limit is a number of output"
                                + " tokens, zero or more.",
                        "@MaxCalls(-1) on PlacementTestCases.Negative.calls: a limit is a number of calls, zero or"
                                + " more.",
                        "@MaxCost(NaN) on PlacementTestCases.Negative.notANumber: a cost limit is an amount in USD,"
                                + " zero or more, such as @MaxCost(0.02).",
                        "@MaxTokens on PlacementTestCases.Negative.noLimitAtAll sets no limit. Give it a value, input"
                                + " or output, such as @MaxTokens(7500).");
    }
}
