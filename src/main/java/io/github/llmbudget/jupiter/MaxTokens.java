package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Over;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.Role;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
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
 * then {@code llmbudget.default.max-tokens}. It may be repeated for
 * other calls, by {@code per} and {@code role}; twice the same limit on one element, or a negative one, is an error. Tests
 * may run in parallel.
 *
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(MaxTokens.List.class)
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

    /**
     * Returns which calls are added up: those of a test by default. {@link Scope#CALL} holds each call to the limit by
     * itself; {@link Scope#CLASS}, which stands on classes only, all tests of the class together.
     *
     * @return call, test or class
     */
    Scope per() default Scope.TEST;

    /**
     * Returns whether the limit holds while calls run: a call that has no room is refused before it is sent, and a stream
     * is cut where it goes over.
     *
     * @return {@code true} or {@code false}, or nothing to leave it to {@code llmbudget.hard}
     */
    boolean[] hard() default {};

    /**
     * Returns whose calls count. Those of the code under test by default.
     *
     * @return one role or several
     * @see io.github.llmbudget.usage.TokenUsage#span
     */
    Role[] role() default Role.SUBJECT;

    /**
     * Returns the share of the limit from which console and report warn.
     *
     * @return above 0 and at most 1; -1 to leave it to {@code llmbudget.warn-at}
     */
    double warnAt() default -1;

    /**
     * Returns what is compared with the limit where the test runs several times, as with {@code @RepeatedTest} and
     * {@code @ParameterizedTest}. Mean and percentile are known, and fail, when the last run is over.
     *
     * @return each run by default
     */
    Over over() default Over.EACH;

    /** Several limits on one element, each for other calls. Stands there by itself if the annotation is repeated. */
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @ExtendWith(LlmBudgetExtension.class)
    @interface List {

        /**
         * Returns the limits.
         *
         * @return the limits
         */
        MaxTokens[] value();
    }
}
