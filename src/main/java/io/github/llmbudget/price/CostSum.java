package io.github.llmbudget.price;

import java.math.BigDecimal;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Adds costs up, one after the other: a sum is as sure as its least sure part, and lacks something if a part of it does.
 * Not safe for use by several threads at once.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class CostSum {

    private BigDecimal usd = BigDecimal.ZERO;
    private Cost.Exactness exactness = Cost.Exactness.EXACT;
    private boolean anyPriced;

    /** Creates an empty sum. */
    public CostSum() {}

    /**
     * Adds a cost.
     *
     * @param cost the cost
     */
    public void add(Cost cost) {
        usd = usd.add(cost.usd());
        exactness = cost.exactness().compareTo(exactness) > 0 ? cost.exactness() : exactness;
        anyPriced |= cost.exactness() != Cost.Exactness.UNPRICED && !cost.isNothing();
    }

    /**
     * Returns the sum.
     *
     * @return the sum, without lines
     */
    public Cost total() {
        return total(List.of());
    }

    Cost total(List<PriceLine> lines) {
        boolean isPartial = exactness == Cost.Exactness.UNPRICED && anyPriced;
        return new Cost(usd, isPartial ? Cost.Exactness.PARTIAL : exactness, lines);
    }
}
