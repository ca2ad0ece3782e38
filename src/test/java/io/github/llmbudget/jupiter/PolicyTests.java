package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.testing.JupiterRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTests {

    @TempDir
    private Path directory;

    private JupiterRun run;

    @BeforeEach
    void prepare() {
        run = new JupiterRun(directory);
    }

    @Test
    void failsWhenAModelUnderACostLimitHasNoPrice() {
        assertThat(run.failureOf(PolicyTestCases.UnknownModel.class))
                .isInstanceOf(BudgetExceededError.class)
                .hasMessageStartingWith(
                        "LLM budget cannot be checked: no price for model \"gpt-4o-maxi\", so nobody can"
                                + " say that @MaxCost(1) was held\n")
                .hasMessageContaining("Nearest known names: gpt-4o-mini")
                .hasMessageContaining("gpt-4o-maxi,input,<price>");
    }

    @Test
    void passesAModelWithoutPriceWhereNoLimitIsAboutCost() {
        assertThat(failures(run.execute(PolicyTestCases.UnknownModelWithoutCostLimit.class)))
                .isEmpty();
    }

    @Test
    void letsAModelWithoutPricePassWhenToldTo() {
        run.with(Configuration.UNKNOWN_PRICE, "warn");

        assertThat(failures(run.execute(PolicyTestCases.UnknownModel.class))).isEmpty();
    }

    @Test
    void takesPricesFromAFileOfTheUsersOwn() throws Exception {
        Path prices = directory.resolve("prices.csv");
        Files.writeString(prices, "model,component,price\ngpt-4o-maxi,input,100000\ngpt-4o-maxi,output,200000\n");
        run.with(Configuration.PRICES_FILE, prices.toString());

        assertThat(run.failureOf(PolicyTestCases.UnknownModel.class))
                .isInstanceOf(BudgetExceededError.class)
                .hasMessageStartingWith("LLM budget exceeded: cost $2.00000 > $1.00000 (+100%), in 1 call\n");
    }

    @Test
    void pricesADeploymentAsTheModelItStandsFor() {
        assertThat(run.failureOf(PolicyTestCases.Deployed.class))
                .hasMessageStartingWith("LLM budget cannot be checked: no price for model \"support-bot\"");

        run.with(Configuration.DEPLOYMENTS, "support-bot=gpt-4o, vectors=text-embedding-3-small");
        assertThat(failures(run.execute(PolicyTestCases.Deployed.class))).isEmpty();
    }

    @Test
    void refusesADeploymentWithoutModel() {
        run.with(Configuration.DEPLOYMENTS, "support-bot");

        assertThat(run.failureOf(PolicyTestCases.Deployed.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("llmbudget.deployments is 'support-bot' (junit-platform.properties), but must be pairs such"
                        + " as support-bot=gpt-4o, separated by commas; 'support-bot' is none.");
    }

    @Test
    void passesAnEstimateWithinTheLimitUnlessToldOtherwise() {
        assertThat(failures(run.execute(PolicyTestCases.Estimated.class))).isEmpty();

        run.with(Configuration.MISSING_USAGE, "fail");
        assertThat(run.failureOf(PolicyTestCases.Estimated.class))
                .hasMessageStartingWith("LLM budget cannot be checked: call 1 has no reported token counts (estimated"
                        + " with o200k_base: the stream ended without usage), so nobody can say that @MaxTokens(1000)"
                        + " was held\n");
    }

    @Test
    void awaitsCallsAndFailsWhenOneIsStillRunning() {
        run.with(Configuration.AWAIT, "100ms");

        assertThat(run.failureOf(PolicyTestCases.StillRunning.class))
                .isInstanceOf(BudgetExceededError.class)
                .hasMessageStartingWith("LLM budget cannot be checked: call 1 did not end (the call was still"
                        + " running 100 ms after its test; counted in part with o200k_base: the call did not end), so"
                        + " nobody can say that @MaxCalls(5) was held\n");
        assertThat(failures(run.with(Configuration.AWAIT, "20s").execute(PolicyTestCases.StillRunning.class)))
                .isEmpty();
    }

    @Test
    void countsNoTokensForAFailedAttempt() {
        assertThat(failures(run.execute(PolicyTestCases.Retried.class))).isEmpty();
    }

    @Test
    void leavesTheCallsOfAJudgeOutOfTheLimits() {
        assertThat(failures(run.execute(PolicyTestCases.Judged.class))).isEmpty();
    }

    @Test
    void failsWhenARequestWasNotScripted() {
        Throwable failure = run.failureOf(PolicyTestCases.Unscripted.class);

        assertThat(failure).isInstanceOf(UnexpectedRequestError.class).hasMessage("""
                        LLM mock: 2 requests that nobody scripted, answered with HTTP 400

                          POST /v1/chat/completions for model "gpt-4o": the script has no reply left
                          POST /v1/chat/completions for model "gpt-4o": the script has no reply left

                          Script a reply for each request with MockLlm.reply(...), or one for all that are left with \
                        MockLlm.otherwise(...).""");
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOf(BudgetExceededError.class)
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("LLM budget exceeded: calls 2 > 1");
    }
}
