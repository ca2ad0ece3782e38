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
 * Lays prices of your own over all others for the tests of a class, or for one test, and pins the day whose prices hold.
 *
 * <pre>{@code
 * @Test
 * @MaxCost(0.02)
 * @LlmPrices(value = """
 *         model,component,price
 *         our-model,input,0.50
 *         our-model,output,1.50
 *         """, asOf = "2026-09-01")
 * void answersARefundQuestion(MockLlm llm) { ... }
 * }</pre>
 *
 * <p>Prices of a method stand over those of its class, row by row; the nearest date holds. Inherited, works on
 * {@code @Nested} classes and as a meta-annotation, and registers the extension itself. Tests may run in parallel.
 *
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(LlmBudgetExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface LlmPrices {

    /**
     * Returns the prices.
     *
     * @return a price list as {@link io.github.llmbudget.price.PriceList} reads it, in US dollars; empty for none
     */
    String value() default "";

    /**
     * Returns the day whose prices hold.
     *
     * @return a date such as {@code 2026-09-01}, a time such as {@code 2026-09-01T02:00Z}, or {@code today}; empty to leave
     *     it to {@code llmbudget.prices.as-of}
     */
    String asOf() default "";
}
