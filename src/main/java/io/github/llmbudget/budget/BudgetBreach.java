package io.github.llmbudget.budget;

import java.math.BigDecimal;
import org.apiguardian.api.API;

/**
 * One limit that was exceeded, or that nobody can say was held.
 *
 * @param limit the limit
 * @param kind what is wrong
 * @param actual what was used, as far as it is known
 * @param call the number of the call, from 1, that crossed the limit or the first that cannot be measured
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BudgetBreach(Limit limit, Kind kind, BigDecimal actual, int call) {

    /** What is wrong. */
    public enum Kind {
        /** More was used than the limit allows. */
        EXCEEDED,
        /** A call has no price, so the cost is not known. */
        UNPRICED,
        /** A call has no token counts that the budget accepts, so neither tokens nor cost are known. */
        UNCOUNTED
    }
}
