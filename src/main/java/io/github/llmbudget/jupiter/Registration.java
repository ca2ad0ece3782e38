package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.endpoint.Mode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an extension that a field registers says about the tests of the class.
 *
 * @param limits the limits on each test
 * @param terms what they have in common
 * @param mode who answers, if that is pinned
 * @param bindsSystemProperties whether clients from the environment are led to the test
 */
record Registration(List<Max> limits, LimitTerms terms, Optional<Mode> mode, boolean bindsSystemProperties) {

    static final Registration NONE = new Registration(List.of(), LimitTerms.USUAL, Optional.empty(), false);

    /** Reads as the code that made it. */
    @Override
    public String toString() {
        return "LlmBudgetExtension.builder()"
                + limits.stream().map(max -> "." + max.text).collect(Collectors.joining());
    }

    /**
     * One limit.
     *
     * @param metric what is limited
     * @param value the most there may be of it
     * @param text how it is written
     */
    record Max(Metric metric, BigDecimal value, String text) {}
}
