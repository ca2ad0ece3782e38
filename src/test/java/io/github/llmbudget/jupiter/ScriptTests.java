package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.testing.Golden;
import io.github.llmbudget.testing.JupiterRun;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTests {

    private JupiterRun run;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        run = new JupiterRun(directory);
    }

    @Test
    void failsForRequestsWithTheClosestReplyBeside() {
        Throwable failure = run.failureOf(ScriptTestCases.Unmatched.class);

        assertThat(failure).isInstanceOf(UnexpectedRequestError.class);
        assertThat(failure.getSuppressed()).isEmpty();
        Golden.assertMatches(failure.getMessage(), "mock-unmatched-requests.txt");
    }

    @Test
    void failsForRepliesThatNobodyAskedFor() {
        Throwable failure = run.failureOf(ScriptTestCases.Unused.class);

        assertThat(failure).isInstanceOf(UnusedReplyError.class);
        Golden.assertMatches(failure.getMessage(), "mock-unused-replies.txt");
    }

    @Test
    void leavesAFailureThatIsThereAlreadyAlone() {
        assertThat(run.failureOf(ScriptTestCases.FailedAlready.class))
                .hasMessage("The test itself failed")
                .hasNoSuppressedExceptions();
        assertThat(run.failureOf(ScriptTestCases.OverBudget.class))
                .isInstanceOf(BudgetExceededError.class)
                .hasNoSuppressedExceptions();
        assertThat(failures(run.execute(ScriptTestCases.Aborted.class))).isEmpty();
    }

    @Test
    void passesWithoutRepliesThatAreForAll() {
        assertThat(failures(run.execute(ScriptTestCases.ForAll.class))).isEmpty();
    }

    @Test
    void leavesTheScriptAloneInAnyOtherMode() {
        run.with("llmbudget.mode", "live").with("llmbudget.upstream", "http://127.0.0.1:9");

        assertThat(failures(run.execute(ScriptTestCases.Unused.class))).isEmpty();
    }

    @Test
    void sharesNothingBetweenTestsThatRunInParallel() {
        run.inParallel();

        assertThat(failures(run.execute(
                        ScriptTestCases.Unused.class, ScriptTestCases.ForAll.class, ScriptTestCases.Unmatched.class)))
                .hasSize(2);
    }
}
