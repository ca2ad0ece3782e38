package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.token.TokenCounter;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test an endpoint and a ledger, and checks its budget when it is over. Registered by {@link LlmBudget},
 * {@link MaxCost}, {@link MaxTokens}, {@link MaxCalls}, {@link ExpectNoLlmCalls} and {@link AllowedModels}.
 *
 * <p>The check runs after the test and its {@code @AfterEach} methods. If the test failed already, its own failure stays
 * first and that of the budget is suppressed under it. Dynamic tests of a {@code @TestFactory} share the ledger of the
 * factory, which fails as a container. Safe for tests that run in parallel.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class LlmBudgetExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                InvocationInterceptor,
                ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(LlmBudgetExtension.class);
    private static final Set<Class<?>> PARAMETERS =
            Set.of(TokenUsage.class, LlmEndpoint.class, MockLlm.class, CallRecorder.class, TokenCounter.class);

    /** Creates the extension. */
    public LlmBudgetExtension() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        Session enclosing = session(context, Scope.CLASS);
        context.getStore(NAMESPACE)
                .put(Scope.CLASS, Session.ofClass(context, enclosing).begun());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Session classSession = session(context, Scope.CLASS);
        context.getStore(NAMESPACE)
                .put(Scope.TEST, Session.ofTest(context, classSession).begun());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Session session = context.getStore(NAMESPACE).remove(Scope.TEST, Session.class);
        if (session != null) { // else it never began; what kept it from beginning has failed the test
            fail(session.end(context));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Session session = context.getStore(NAMESPACE).remove(Scope.CLASS, Session.class);
        if (session != null) {
            fail(session.end(context.getExecutionException()));
        }
    }

    /** A factory is not told that one of its tests failed. */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            Session session = session(context, Scope.TEST);
            if (session != null) {
                session.dynamicTestFailed();
            }
            throw failure;
        }
    }

    private static void fail(List<Throwable> failures) throws Exception {
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
        boolean ofTest = context.getTestMethod().isPresent();
        Session session = parameter.getDeclaringExecutable() instanceof Constructor
                ? null
                : session(context, ofTest ? Scope.TEST : Scope.CLASS);
        if (session == null) {
            throw new ParameterResolutionException(
                    parameter.getParameter().getType().getSimpleName()
                            + " is not available to " + parameter.getDeclaringExecutable()
                            + ": it belongs to one test, or to the set-up of a class whose own annotation registers the"
                            + " extension. Take it as a parameter of the test method, or of a @BeforeEach, @AfterEach,"
                            + " @BeforeAll or @AfterAll method.");
        }
        Class<?> type = parameter.getParameter().getType();
        if (type == TokenUsage.class) {
            return session.usage();
        }
        return type == CallRecorder.class ? session.recorder() : session.endpoint();
    }

    private static @Nullable Session session(ExtensionContext context, Scope scope) {
        return context.getStore(NAMESPACE).get(scope, Session.class);
    }
}
