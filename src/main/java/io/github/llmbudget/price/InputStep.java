package io.github.llmbudget.price;

import java.util.Locale;
import org.apiguardian.api.API;

/**
 * The number of input tokens from which on a price holds for the whole request.
 *
 * @param reached whether it holds at the number itself ({@code >=}), and not above it only ({@code >})
 * @param tokens the number
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record InputStep(boolean reached, long tokens) {

    private static final String REACHED = ">=";
    private static final String EXCEEDED = ">";
    private static final String EXPECTED = "a number of input tokens such as >272000 or >=200000";

    /**
     * Reads a step.
     *
     * @param notation for example {@code >272000}
     * @return the step
     * @throws IllegalArgumentException if it is none
     */
    public static InputStep of(String notation) {
        boolean reached = notation.startsWith(REACHED);
        if (reached || notation.startsWith(EXCEEDED)) {
            try {
                long tokens = Long.parseLong(notation.substring(reached ? REACHED.length() : EXCEEDED.length())
                        .strip());
                if (tokens > 0) {
                    return new InputStep(reached, tokens);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(EXPECTED, e);
            }
        }
        throw new IllegalArgumentException(EXPECTED);
    }

    boolean holdsFor(long inputTokens) {
        return reached ? inputTokens >= tokens : inputTokens > tokens;
    }

    /**
     * Returns the step as {@link #of} reads it.
     *
     * @return for example {@code >272000}
     */
    public String notation() {
        return operator() + tokens;
    }

    /** Returns the operator as price lists write it. */
    String operator() {
        return reached ? REACHED : EXCEEDED;
    }

    /** Returns the step for a reader: {@code > 272,000}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %,d", operator(), tokens);
    }
}
