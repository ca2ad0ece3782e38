package io.github.llmbudget.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test whose LLM calls cost more than this by the price list, mocked calls included. Exactly as much passes. A
 * call whose model has no price, or whose tokens nobody counted, fails the test too.
 *
 * <pre>{@code
 * @Test
 * @MaxCost(0.02)
 * void answersARefundQuestion(MockLlm llm) { ... }
 * }</pre>
 *
 * <p>On a class the limit holds for each of its tests. It is inherited, works on {@code @Nested} classes and as a
 * meta-annotation, and registers the extension itself. Of several the nearest wins: method, class, enclosing class,
 * then {@code llmbudget.default.max-cost}. Twice the same limit on one element, or a negative one, is an error. Tests may run
 * in parallel. Calls of the roles {@code JUDGE} and {@code SETUP} do not count, see
 * {@link io.github.llmbudget.usage.TokenUsage#span}.
 *
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(LlmBudgetExtension.class)
@API(status = API.Status.STABLE, since = "0.1")
public @interface MaxCost {

    /**
     * Returns the limit.
     *
     * @return USD, zero or more
     */
    double value();
}
