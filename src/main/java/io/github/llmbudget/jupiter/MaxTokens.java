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
 * Fails a test whose LLM calls use more tokens than this. Exactly as many pass. Input includes cached tokens, output
 * includes reasoning. A call whose tokens nobody counted fails the test too.
 *
 * <pre>{@code
 * @Test
 * @MaxTokens(value = 7_500, output = 1_000)
 * void answersARefundQuestion(MockLlm llm) { ... }
 * }</pre>
 *
 * <p>On a class the limit holds for each of its tests. It is inherited, works on {@code @Nested} classes and as a
 * meta-annotation, and registers the extension itself. Of several the nearest wins: method, class, enclosing class,
 * then {@code llmbudget.default.max-tokens}. Twice the same limit on one element, or a negative one, is an error. Tests may run
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
public @interface MaxTokens {

    /** Says that there is no such limit. */
    long UNLIMITED = Long.MIN_VALUE;

    /**
     * Returns the limit on input plus output.
     *
     * @return tokens, zero or more
     */
    long value() default UNLIMITED;

    /**
     * Returns the limit on input.
     *
     * @return tokens, zero or more
     */
    long input() default UNLIMITED;

    /**
     * Returns the limit on output.
     *
     * @return tokens, zero or more
     */
    long output() default UNLIMITED;
}
