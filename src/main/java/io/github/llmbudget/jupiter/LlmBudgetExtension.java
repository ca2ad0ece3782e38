package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.token.TokenCounter;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * {@link MaxCost}, {@link MaxTokens}, {@link MaxCalls}, {@link ExpectNoLlmCalls} and {@link AllowedModels}, or by a field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LlmBudgetExtension LLM = LlmBudgetExtension.builder().maxCost(0.02).build();
 *
 * static final SupportBot BOT = new SupportBot(LLM.endpoint().baseUrl(), LLM.endpoint().apiKey());
 * }</pre>
 *
 * <p>A field may stand beside annotations. Its limits are those of its class, so a limit on a method is nearer.
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

    private final Registration registration;

    /** Creates the extension, as annotations register it. */
    public LlmBudgetExtension() {
        this(Registration.NONE);
    }

    LlmBudgetExtension(Registration registration) {
        this.registration = registration;
    }

    /**
     * Begins to describe an extension that a field registers.
     *
     * @return a builder that sets no limit
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the endpoint of the test that runs, for clients that are built before it: in static fields, in
     * {@code @BeforeAll} methods, in a Spring context. It is the {@linkplain LlmEndpoint#shared() shared} one.
     *
     * @return an endpoint that stays the same as long as the JVM runs
     */
    public LlmEndpoint endpoint() {
        return LlmEndpoint.shared();
    }

    Registration registration() {
        return registration;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!isBegun(context, Scope.CLASS)) {
            begin(context, Scope.CLASS, Session.ofClass(context, session(context, Scope.CLASS)));
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!isBegun(context, Scope.TEST)) {
            begin(context, Scope.TEST, Session.ofTest(context, session(context, Scope.CLASS)));
        }
    }

    private static boolean isBegun(ExtensionContext context, Scope scope) {
        Session session = session(context, scope);
        return session != null && session.id().equals(context.getUniqueId());
    }

    private void begin(ExtensionContext context, Scope scope, Session session) {
        context.getStore(NAMESPACE).put(scope, new Begun(session.begun(), this));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Session session = ended(context, Scope.TEST);
        if (session != null) { // else it never began; what kept it from beginning has failed the test
            fail(session.end(context));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Session session = ended(context, Scope.CLASS);
        if (session != null) {
            fail(session.end(context.getExecutionException()));
        }
    }

    private @Nullable Session ended(ExtensionContext context, Scope scope) {
        Begun begun = begun(context, scope);
        if (begun == null || begun.by != this || !isBegun(context, scope)) {
            return null;
        }
        context.getStore(NAMESPACE).remove(scope);
        return begun.session;
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
        Begun begun = begun(context, scope(context));
        return PARAMETERS.contains(parameter.getParameter().getType()) && (begun == null || begun.by == this);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == TokenCounter.class) {
            return new TokenCounter();
        }
        Session session =
                parameter.getDeclaringExecutable() instanceof Constructor ? null : session(context, scope(context));
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

    private static Scope scope(ExtensionContext context) {
        return context.getTestMethod().isPresent() ? Scope.TEST : Scope.CLASS;
    }

    private static @Nullable Session session(ExtensionContext context, Scope scope) {
        Begun begun = begun(context, scope);
        return begun == null ? null : begun.session;
    }

    private static @Nullable Begun begun(ExtensionContext context, Scope scope) {
        return context.getStore(NAMESPACE).get(scope, Begun.class);
    }

    /** A session and who began it: beside the instance of a field there may be one of an annotation. */
    private record Begun(Session session, LlmBudgetExtension by) {}

    /**
     * Describes an extension that a field registers. Used by one thread.
     *
     * @since 0.1
     */
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    public static final class Builder {

        private final List<Registration.Max> limits = new ArrayList<>();
        private LimitTerms terms = LimitTerms.USUAL;
        private @Nullable Mode mode;
        private boolean bindsSystemProperties;

        private Builder() {}

        /**
         * Limits what each test costs, as {@link MaxCost} does.
         *
         * @param usd USD, zero or more
         * @return this
         * @throws ConfigurationException if it is negative or no amount
         */
        public Builder maxCost(double usd) {
            if (!Double.isFinite(usd) || usd < 0) {
                throw new ConfigurationException("LlmBudgetExtension.builder().maxCost(" + usd
                        + "): a cost limit is an amount in USD, zero or more, such as maxCost(0.02).");
            }
            return limit(Metric.COST, BigDecimal.valueOf(usd), "maxCost");
        }

        /**
         * Limits the tokens of each test, as {@link MaxTokens#value()} does.
         *
         * @param tokens input and output together, zero or more
         * @return this
         * @throws ConfigurationException if it is negative
         */
        public Builder maxTokens(long tokens) {
            return count(Metric.TOKENS, tokens, "maxTokens");
        }

        /**
         * Limits the input of each test, as {@link MaxTokens#input()} does.
         *
         * @param tokens tokens, zero or more
         * @return this
         * @throws ConfigurationException if it is negative
         */
        public Builder maxInputTokens(long tokens) {
            return count(Metric.INPUT_TOKENS, tokens, "maxInputTokens");
        }

        /**
         * Limits the output of each test, as {@link MaxTokens#output()} does.
         *
         * @param tokens tokens, zero or more
         * @return this
         * @throws ConfigurationException if it is negative
         */
        public Builder maxOutputTokens(long tokens) {
            return count(Metric.OUTPUT_TOKENS, tokens, "maxOutputTokens");
        }

        /**
         * Limits the calls of each test, as {@link MaxCalls} does.
         *
         * @param calls attempts included, zero or more
         * @return this
         * @throws ConfigurationException if it is negative
         */
        public Builder maxCalls(int calls) {
            return count(Metric.CALLS, calls, "maxCalls");
        }

        /**
         * Holds these limits while calls run: a call that has no room is refused before it is sent, and a stream is cut
         * where it goes over.
         *
         * @return this
         */
        public Builder hard() {
            terms = terms.hardened();
            return this;
        }

        /**
         * Pins who answers, as {@link LlmBudget#mode()} does.
         *
         * @param pinned the mode
         * @return this
         */
        public Builder mode(Mode pinned) {
            mode = pinned;
            return this;
        }

        /**
         * Leads clients to the test that are built from the environment, as {@link LlmBudget#bindSystemProperties()} does.
         *
         * @return this
         */
        public Builder bindSystemProperties() {
            bindsSystemProperties = true;
            return this;
        }

        /**
         * Creates the extension.
         *
         * @return an extension for a field with {@code @RegisterExtension}
         */
        public LlmBudgetExtension build() {
            return new LlmBudgetExtension(
                    new Registration(List.copyOf(limits), terms, Optional.ofNullable(mode), bindsSystemProperties));
        }

        private Builder count(Metric metric, long max, String method) {
            if (max < 0) {
                throw new ConfigurationException("LlmBudgetExtension.builder()." + method + "(" + max
                        + "): a limit is a number of " + metric.label() + ", zero or more.");
            }
            return limit(metric, BigDecimal.valueOf(max), method);
        }

        private Builder limit(Metric metric, BigDecimal max, String method) {
            String text = method + "(" + max.stripTrailingZeros().toPlainString() + ")";
            limits.removeIf(earlier -> earlier.metric() == metric);
            limits.add(new Registration.Max(metric, max, text));
            return this;
        }
    }
}
