package io.github.llmbudget.jupiter;

import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.token.TokenCounter;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test an endpoint and a ledger, and checks its budget when it is over. Registered by {@link LlmBudget},
 * {@link MaxCost}, {@link MaxTokens} and {@link MaxCalls}.
 *
 * <p>The check runs after the test and its {@code @AfterEach} methods. If the test failed already, its own failure stays
 * first and that of the budget is suppressed under it. Dynamic tests of a {@code @TestFactory} share the ledger of the
 * factory, which fails as a container. Safe for tests that run in parallel.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class LlmBudgetExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(LlmBudgetExtension.class);
    private static final Set<Class<?>> PARAMETERS =
            Set.of(TokenUsage.class, LlmEndpoint.class, MockLlm.class, CallRecorder.class, TokenCounter.class);

    /** Creates the extension. */
    public LlmBudgetExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put(TestSession.class, TestSession.begin(context));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        TestSession session = context.getStore(NAMESPACE).remove(TestSession.class, TestSession.class);
        if (session == null) {
            return; // It never began; what kept it from beginning has failed the test.
        }
        List<Throwable> failures = session.end(context);
        if (failures.isEmpty()) {
            return;
        }
        Throwable first = failures.get(0);
        failures.stream().filter(failure -> failure != first).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        throw (Exception) first;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == TokenCounter.class) {
            return new TokenCounter();
        }
        TestSession session = session(context);
        if (session == null) {
            throw new ParameterResolutionException(
                    parameter.getParameter().getType().getSimpleName() + " is not available to "
                            + parameter.getDeclaringExecutable() + ": it belongs to one test. Take it as a parameter of"
                            + " the test method, or of a @BeforeEach or @AfterEach method.");
        }
        Class<?> type = parameter.getParameter().getType();
        if (type == TokenUsage.class) {
            return session.usage();
        }
        return type == CallRecorder.class ? session.recorder() : session.endpoint();
    }

    private static @Nullable TestSession session(ExtensionContext context) {
        return context.getTestMethod().isEmpty()
                ? null
                : context.getStore(NAMESPACE).get(TestSession.class, TestSession.class);
    }
}
