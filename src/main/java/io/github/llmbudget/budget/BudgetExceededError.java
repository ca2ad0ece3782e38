package io.github.llmbudget.budget;

import java.util.List;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;

/**
 * Fails a test that went over its budget, or whose budget nobody can check. Thrown after the test, so that no code under
 * test can catch it. Its message explains itself: what was exceeded by which call, what the money went to, and what
 * would help.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BudgetExceededError extends AssertionFailedError {

    private static final long serialVersionUID = 1L;

    private final transient List<BudgetBreach> breaches;

    BudgetExceededError(String message, String expected, String actual, List<BudgetBreach> breaches) {
        super(message, expected, actual);
        this.breaches = List.copyOf(breaches);
        // The message says where and why; the frames would only tell how JUnit called the extension.
        setStackTrace(new StackTraceElement[0]);
    }

    /**
     * Returns what is wrong.
     *
     * @return one breach a limit
     */
    public List<BudgetBreach> breaches() {
        return breaches;
    }
}
