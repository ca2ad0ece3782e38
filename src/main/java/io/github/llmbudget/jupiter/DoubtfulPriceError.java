package io.github.llmbudget.jupiter;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.price.PriceSources;
import java.util.Set;
import org.opentest4j.AssertionFailedError;

/** Fails a test whose prices may not be those of today. */
final class DoubtfulPriceError extends AssertionFailedError {

    /** What can be done about doubtful prices. */
    static final String CURE = "Update llm-budget, or write the prices of today into src/test/resources/"
            + PriceSources.CLASS_PATH_LIST + ".";

    private static final long serialVersionUID = 1L;

    DoubtfulPriceError(Set<String> doubts) {
        super("The prices of this test may not be those of today: " + String.join("; ", doubts) + ". " + CURE + " "
                + Configuration.PRICES_STRICT + "=false makes this a warning.");
        // What matters is which test it was, not where the check stands.
        setStackTrace(new StackTraceElement[0]);
    }
}
