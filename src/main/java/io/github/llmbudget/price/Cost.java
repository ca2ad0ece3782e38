package io.github.llmbudget.price;

import io.github.llmbudget.call.LlmCall;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * An amount of money, with what it is made of and how far it can be trusted.
 *
 * @param usd the exact amount in USD; what has no price is not in it, see {@code exactness}
 * @param exactness how far the amount can be trusted
 * @param lines what the amount is made of
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Cost(BigDecimal usd, Exactness exactness, List<PriceLine> lines) {

    /** Nothing was used. */
    public static final Cost NOTHING = new Cost(BigDecimal.ZERO, Exactness.EXACT, List.of());

    /** Something was used, and nobody knows what it costs. */
    public static final Cost UNKNOWN = new Cost(BigDecimal.ZERO, Exactness.UNPRICED, List.of());

    /** How far an amount can be trusted. */
    public enum Exactness {
        /** All that was used was reported by the service, and has a price; or the service itself told the cost. */
        EXACT,
        /**
         * All that was used has a price, but tokens were estimated, or nobody can say which price holds: the figures do
         * not add up, or the hour is not known. Then the amount is the most it can be.
         */
        ESTIMATED,
        /**
         * All that was counted has a price, but the counts are the least that there can be, see
         * {@link io.github.llmbudget.call.CountSource#PARTIAL}: so is the amount.
         */
        LOWER_BOUND,
        /** Something has no price or was not counted: the amount is the least it can be. */
        PARTIAL,
        /** Nothing has a price: the amount says nothing. */
        UNPRICED
    }

    /**
     * Copies the lines.
     *
     * @param usd the exact amount in USD; what has no price is not in it, see {@code exactness}
     * @param exactness how far the amount can be trusted
     * @param lines what the amount is made of
     */
    public Cost {
        lines = List.copyOf(lines);
    }

    /** Takes what a service says itself. */
    static Cost reported(BigDecimal usd, LlmCall call) {
        PriceRow row = new PriceRow(
                call.provider(),
                call.model() == null ? PriceRow.ANY_MODEL : call.model(),
                PriceComponent.REPORTED,
                null,
                1,
                BigDecimal.ONE,
                null,
                ModelPrice.tier(call.serviceTier()),
                call.region(),
                null,
                null,
                null,
                "",
                null,
                "the service's own figure");
        return new Cost(usd, Exactness.EXACT, List.of(new PriceLine(usd, row)));
    }

    /**
     * Adds costs up.
     *
     * @param costs the costs
     * @return their sum, as exact as the least exact of them allows; lines at the same price are joined
     */
    public static Cost sum(Iterable<Cost> costs) {
        CostSum sum = new CostSum();
        List<PriceLine> lines = new ArrayList<>();
        for (Cost cost : costs) {
            sum.add(cost);
            for (PriceLine line : cost.lines) {
                join(lines, line);
            }
        }
        return sum.total(lines);
    }

    boolean isNothing() {
        return exactness == Exactness.EXACT && usd.signum() == 0 && lines.isEmpty();
    }

    /** Adds a line to the one at the same price. There are few prices, so they are looked through. */
    private static void join(List<PriceLine> lines, PriceLine more) {
        for (int i = 0; i < lines.size(); i++) {
            PriceLine line = lines.get(i);
            if (line.isAtTheSamePriceAs(more)) {
                lines.set(i, new PriceLine(line.quantity().add(more.quantity()), line.row()));
                return;
            }
        }
        lines.add(more);
    }

    /**
     * Tells whether the amount holds all that was used.
     *
     * @return whether nothing is without price or count
     */
    public boolean isComplete() {
        return exactness == Exactness.EXACT || exactness == Exactness.ESTIMATED;
    }

    /**
     * Tells whether the service said itself what it charges, so that no price list was asked.
     *
     * @return whether any of the amount is the service's own figure
     */
    public boolean isReportedByService() {
        return lines.stream().anyMatch(line -> line.component() == PriceComponent.REPORTED);
    }

    /**
     * Returns the amount for a reader who wants three digits of it.
     *
     * @return for example {@code $0.000034}, {@code ~$0.02005} or {@code unpriced}
     */
    public String readable() {
        int scale = Usd.readableScale(usd);
        // The least an amount can be must not be rounded up.
        boolean atLeast = exactness == Exactness.PARTIAL || exactness == Exactness.LOWER_BOUND;
        BigDecimal shown = atLeast ? usd.setScale(scale, RoundingMode.DOWN) : usd;
        return marked(usd.signum() == 0 ? Usd.exact(usd) : Usd.rounded(shown, scale));
    }

    /** Returns the exact amount: {@code $0.000034}, {@code ~$0.02}, {@code at least $0.01} or {@code unpriced}. */
    @Override
    public String toString() {
        return marked(Usd.exact(usd));
    }

    private String marked(String amount) {
        return switch (exactness) {
            case EXACT -> amount;
            case ESTIMATED -> "~" + amount;
            case LOWER_BOUND, PARTIAL -> "at least " + amount;
            case UNPRICED -> "unpriced";
        };
    }
}
