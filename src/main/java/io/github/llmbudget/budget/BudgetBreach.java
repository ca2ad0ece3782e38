package io.github.llmbudget.budget;

import java.math.BigDecimal;
import org.apiguardian.api.API;

/**
 * One limit that was exceeded or kept from being exceeded, or that nobody can say was held.
 *
 * @param limit the limit
 * @param kind what is wrong
 * @param actual what was used, as far as it is known, by all who share the limit
 * @param call the number of the call, from 1, that crossed the limit or the first that cannot be measured; 0 if there is
 *     no such call
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BudgetBreach(Limit limit, Kind kind, BigDecimal actual, int call) {

    /** What is wrong. */
    public enum Kind {
        /** More was used than the limit allows. */
        EXCEEDED,
        /** A call was refused before it was sent, for the limit had no room for it. */
        REFUSED,
        /** A stream was cut, for it went over the limit. */
        CUT,
        /** A call has no price, so the cost is not known. */
        UNPRICED,
        /** A call has no token counts that the budget accepts, so neither tokens nor cost are known. */
        UNCOUNTED;

        /**
         * Tells whether the limit stood in the way, rather than a number that is not known.
         *
         * @return whether more was used, or asked for, than the limit allows
         */
        boolean isExcess() {
            return this == EXCEEDED || this == REFUSED || this == CUT;
        }
    }
}
