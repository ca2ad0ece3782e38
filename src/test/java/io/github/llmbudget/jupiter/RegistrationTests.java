package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failed;
import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.testing.JupiterRun;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationTests {

    private JupiterRun run;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        run = new JupiterRun(directory);
    }

    @Test
    void limitsTheTestsOfAClassByAStaticField() {
        var results = run.execute(RegistrationTestCases.StaticField.class);

        assertThat(failed(results)).containsExactlyInAnyOrder("over(MockLlm)", "overInNested(MockLlm)");
        assertThat(failures(results))
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(BudgetExceededError.class)
                        .hasMessageContaining("maxCalls(1) on RegistrationTestCases.StaticField.LLM"));
    }

    @Test
    void limitsTestsByAFieldOfAWiderType() {
        assertThat(failed(run.execute(RegistrationTestCases.FieldOfAWiderType.class)))
                .containsExactly("over(MockLlm)");
    }

    @Test
    void limitsTestsByAFieldOfTheInstance() {
        assertThat(failed(run.execute(RegistrationTestCases.InstanceField.class)))
                .containsExactly("over(MockLlm)");
        assertThat(failed(run.execute(RegistrationTestCases.FieldOfTheOneInstance.class)))
                .containsExactly("over(MockLlm)");
        assertThat(failed(run.execute(RegistrationTestCases.WideFieldOfAnInstance.class)))
                .containsExactly("over(MockLlm)");
    }

    @Test
    void countsOnceWhereAFieldStandsBesideAnAnnotation() {
        assertThat(failed(run.execute(RegistrationTestCases.FieldAndAnnotation.class)))
                .containsExactly("over(MockLlm, TokenUsage)");
    }

    @Test
    void inheritsTheFieldOfASuperclass() {
        assertThat(failed(run.execute(RegistrationTestCases.Inherits.class))).containsExactly("over(MockLlm)");
        assertThat(failures(run.execute(RegistrationTestCases.InheritsAndLoosens.class)))
                .isEmpty();
    }

    @Test
    void holdsHardLimitsWhileCallsRun() {
        assertThat(run.failureOf(RegistrationTestCases.Hard.class))
                .isInstanceOf(BudgetExceededError.class)
                .hasMessageStartingWith("LLM budget exceeded: 1 call refused");
    }

    @Test
    void pinsTheMode() {
        run.with(Configuration.MODE, "live").with(Configuration.UPSTREAM, "http://127.0.0.1:1");

        assertThat(failures(run.execute(RegistrationTestCases.Pinned.class))).isEmpty();
        assertThat(run.failureOf(RegistrationTestCases.PinnedTwice.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("RegistrationTestCases.PinnedTwice pins the mode LIVE, and"
                        + " RegistrationTestCases.PinnedTwice.LLM the mode MOCK. Keep one.");
    }

    @Test
    void refusesTwoFields() {
        assertThat(failures(run.execute(RegistrationTestCases.TwoFields.class)))
                .first()
                .isInstanceOf(ConfigurationException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("RegistrationTestCases.TwoFields registers the LlmBudgetExtension 2 times, in the fields"
                        + " ONE, OTHER. Keep one, and give it all limits.");
    }

    @Test
    void refusesTheSameLimitInFieldAndAnnotation() {
        assertThat(run.failureOf(RegistrationTestCases.TheSameLimitTwice.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("RegistrationTestCases.TheSameLimitTwice has @MaxCalls twice: ")
                .hasMessageContaining(" and LlmBudgetExtension.builder().maxCalls(1)");
    }

    @Test
    void refusesLimitsThatCannotBeMeant() {
        var builder = LlmBudgetExtension.builder();

        assertThatThrownBy(() -> builder.maxCost(-0.01))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "LlmBudgetExtension.builder().maxCost(-0.01): a cost limit is an amount in USD, zero or more,"
                                + " such as maxCost(0.02).");
        assertThatThrownBy(() -> builder.maxTokens(-1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("LlmBudgetExtension.builder().maxTokens(-1): a limit is a number of tokens, zero or more.");
    }
}
