package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.Cost;
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
     * Measures one call.
     *
     * @param call the call
     * @param cost its list cost
     * @return what it adds
     */
    BigDecimal measure(LlmCall call, Cost cost) {
        return switch (this) {
            case COST -> cost.usd();
            case TOKENS -> BigDecimal.valueOf(call.tokens().total());
            case INPUT_TOKENS -> BigDecimal.valueOf(call.tokens().input());
            case OUTPUT_TOKENS -> BigDecimal.valueOf(call.tokens().output());
            case CALLS -> BigDecimal.ONE;
        };
    }
}
