package io.github.llmbudget.budget;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What a limit on a test that runs several times, such as a {@code @RepeatedTest} or a {@code @ParameterizedTest}, is
 * compared with.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Over {
    /** Each run by itself, when it is over. */
    EACH("each run"),
    /** The arithmetic mean of all runs, when the last one is over. */
    MEAN("the mean"),
    /** The 95th percentile of all runs: the least amount that 95 of 100 runs do not exceed. Of fewer than 20, the most. */
    P95("the 95th percentile");

    private static final int PERCENT = 95;
    private static final int ALL = 100;

    private final String label;

    Over(String label) {
        this.label = label;
    }

    /**
     * Returns the name used in messages.
     *
     * @return for example {@code the mean}
     */
    public String label() {
        return label;
    }

    /**
     * Makes one number of several.
     *
     * @param sorted the amounts of the runs, at least one, the smallest first
     * @return the number that is compared with the limit
     */
    BigDecimal of(List<BigDecimal> sorted) {
        return switch (this) {
            case EACH -> sorted.get(sorted.size() - 1);
            case MEAN ->
                sorted.stream()
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .divide(
                                BigDecimal.valueOf(sorted.size()),
                                new MathContext(MathContext.DECIMAL128.getPrecision(), RoundingMode.UP));
            case P95 -> sorted.get((sorted.size() * PERCENT + ALL - 1) / ALL - 1);
        };
    }
}
