package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.AllowedModelNames;
import java.util.Collection;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;

/**
 * Fails a test that called a model which {@link AllowedModels} does not name. Thrown after the test, so that no code under
 * test can catch it.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class ModelNotAllowedError extends AssertionFailedError {

    private static final long serialVersionUID = 1L;

    ModelNotAllowedError(AllowedModelNames allowed, Collection<String> refused, Collection<String> answered) {
        super(message(allowed, refused, answered));
        // The message says what was called; the frames would only tell how JUnit called the extension.
        setStackTrace(new StackTraceElement[0]);
    }

    private static String message(AllowedModelNames allowed, Collection<String> refused, Collection<String> answered) {
        StringBuilder message = new StringBuilder("LLM model not allowed: ");
        if (!refused.isEmpty()) {
            message.append("calls of ")
                    .append(String.join(", ", new TreeSet<>(refused)))
                    .append(" were refused");
        }
        if (!answered.isEmpty()) {
            message.append(refused.isEmpty() ? "" : ", and ")
                    .append(String.join(", ", answered))
                    .append(" answered");
        }
        return message.append("\n\n  ")
                .append(allowed.declaration())
                .append(" on ")
                .append(allowed.declaredOn())
                .toString();
    }
}
