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
 * Fails a test that makes more LLM calls than this. Exactly as many pass. Each attempt of a retry is a call.
 *
 * <pre>{@code
 * @Test
 * @MaxCalls(3)
 * void answersInThreeSteps(MockLlm llm) { ... }
 * }</pre>
 *
 * <p>On a class the limit holds for each of its tests. It is inherited, works on {@code @Nested} classes and as a
 * meta-annotation, and registers the extension itself. Of several the nearest wins: method, class, enclosing class,
 * then {@code llmbudget.default.max-calls}. Twice the same limit on one element, or a negative one, is an error. Tests may run
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
public @interface MaxCalls {

    /**
     * Returns the limit.
     *
     * @return calls, zero or more
     */
    int value();
}
