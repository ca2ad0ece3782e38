package io.github.llmbudget.budget;

import java.math.BigDecimal;
import org.apiguardian.api.API;

/**
 * What a limit is about.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Metric {
    /** List cost in USD. */
    COST("cost"),
    /** Input plus output tokens. */
    TOKENS("tokens"),
    /** Input tokens. */
    INPUT_TOKENS("input tokens"),
    /** Output tokens. */
    OUTPUT_TOKENS("output tokens"),
    /** Calls, attempts of retries included. */
    CALLS("calls");

    private final String label;

    Metric(String label) {
        this.label = label;
    }

    /**
     * Returns the name used in messages.
     *
     * @return the lower-case name
     */
    public String label() {
        return label;
    }

    /**
     * Returns the name of one of them, as in {@code token limit}.
     *
     * @return the lower-case name without a plural ending
     */
    public String singular() {
        return label.endsWith("s") ? label.substring(0, label.length() - 1) : label;
    }

    /**
     * Returns what this metric is about.
     *
     * @param amounts what was used
     * @return USD, tokens or calls
     */
    BigDecimal of(Amounts amounts) {
        return switch (this) {
            case COST -> amounts.cost();
            case TOKENS -> BigDecimal.valueOf(amounts.input() + amounts.output());
            case INPUT_TOKENS -> BigDecimal.valueOf(amounts.input());
            case OUTPUT_TOKENS -> BigDecimal.valueOf(amounts.output());
            case CALLS -> BigDecimal.valueOf(amounts.calls());
        };
    }

    /**
     * Returns how many calls have more of this than anybody knows.
     *
     * @param amounts what was used
     * @return the number of calls, 0 if all is known
     */
    long inPart(Amounts amounts) {
        return switch (this) {
            case COST -> amounts.costInPart();
            case TOKENS -> amounts.inputInPart() + amounts.outputInPart();
            case INPUT_TOKENS -> amounts.inputInPart();
            case OUTPUT_TOKENS -> amounts.outputInPart();
            case CALLS -> 0;
        };
    }
}
