package io.github.llmbudget.budget;

import java.math.BigDecimal;
import org.apiguardian.api.API;

/**
 * One number that must not be exceeded: equal passes, one more fails. Zero is a real limit.
 *
 * @param metric what it is about
 * @param max the number: USD, tokens, or calls
 * @param declaration how it was declared, such as {@code @MaxCost(0.02)}
 * @param declaredOn where, such as {@code SupportBotTest.answersARefundQuestion}
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Limit(Metric metric, BigDecimal max, String declaration, String declaredOn) {

    /**
     * Checks that the number is not negative.
     *
     * @param metric what it is about
     * @param max the number: USD, tokens, or calls
     * @param declaration how it was declared, such as {@code @MaxCost(0.02)}
     * @param declaredOn where, such as {@code SupportBotTest.answersARefundQuestion}
     * @throws IllegalArgumentException if it is
     */
    public Limit {
        if (max.signum() < 0) {
            throw new IllegalArgumentException(declaration + " on " + declaredOn + " is negative");
        }
    }
}
