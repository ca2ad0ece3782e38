package io.github.llmbudget.report;

import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.Usd;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Writes the figures of a report for a reader, with as many decimals of a dollar as the smallest cost needs. What is
 * estimated has a {@code ~} before it, what is the least it can be has {@code >=}.
 *
 * @param scale the decimals of a dollar
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Figures(int scale) {

    /**
     * Finds the decimals that a number of costs need.
     *
     * @param costs the costs that will be shown
     * @return the figures
     */
    public static Figures of(Stream<Cost> costs) {
        return new Figures(costs.map(Cost::usd)
                .filter(usd -> usd.signum() > 0)
                .min(Comparator.naturalOrder())
                .map(Figures::scaleOf)
                .orElse(Usd.USUAL_SCALE));
    }

    private static int scaleOf(BigDecimal smallest) {
        return Math.min(Usd.readableScale(smallest), Usd.USUAL_SCALE + 1);
    }

    /**
     * Shows the input tokens.
     *
     * @param totals the sums
     * @return for example {@code ~3,321}, {@code >=12}, or {@code ?} where nothing is known
     */
    public String input(Totals totals) {
        return tokens(totals.tokens().input(), totals.inputSource());
    }

    /**
     * Shows the output tokens.
     *
     * @param totals the sums
     * @return for example {@code ~3,321}, {@code >=12}, or {@code ?} where nothing is known
     */
    public String output(Totals totals) {
        return tokens(totals.tokens().output(), totals.outputSource());
    }

    /**
     * Shows tokens.
     *
     * @param tokens how many
     * @param source how sure they are
     * @return for example {@code ~3,321}, {@code >=12}, or {@code ?} where nothing is known
     */
    public String tokens(long tokens, CountSource source) {
        return switch (source) {
            case REPORTED -> TextTable.count(tokens);
            case ESTIMATED -> "~" + TextTable.count(tokens);
            case PARTIAL, UNKNOWN -> TextTable.atLeast(tokens);
        };
    }

    /**
     * Shows a cost.
     *
     * @param cost the cost
     * @return for example {@code $0.00611}, {@code ~$0.00611}, {@code >=$0.00611}, {@code -} for nothing, or
     *     {@code unknown}
     */
    public String money(Cost cost) {
        if (cost.usd().signum() == 0 && !cost.isComplete()) {
            return "unknown";
        }
        String amount = cost.usd().signum() == 0 ? "-" : Usd.atLeastVisible(cost.usd(), scale);
        return switch (cost.exactness()) {
            case EXACT -> amount;
            case ESTIMATED -> "~" + amount;
            case LOWER_BOUND, PARTIAL, UNPRICED -> Usd.atLeast(cost.usd(), scale);
        };
    }
}
