package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import java.math.BigDecimal;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A call that a hard limit refused before it was sent, or whose stream it cut.
 *
 * @param kind what was done
 * @param limit the limit
 * @param call what is known of the call by its request alone
 * @param least what the call would have used at least; of a stream that was cut, what had come of it
 * @param most what the call may use at most by its request, {@code null} if the request sets no bound
 * @param left what was left of the limit for this call
 * @param crossedBy the test that went over the limit before, {@code null} if the limit was held
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Intervention(
        Kind kind,
        Limit limit,
        LlmCall call,
        Amounts least,
        @Nullable Amounts most,
        BigDecimal left,
        @Nullable String crossedBy) {

    /** What was done to a call. */
    public enum Kind {
        /** Refused: its input alone needs more than is left. */
        REFUSED,
        /** Refused: the limit was crossed by another call before. */
        REFUSED_AFTER_CROSSING,
        /** Refused: calls that still run may use up what is left. */
        REFUSED_WHILE_OTHERS_RUN,
        /** Refused: its model has no price. */
        REFUSED_WITHOUT_PRICE,
        /** Cut: its stream went over what was left. */
        CUT;

        /**
         * Tells whether the call was not sent.
         *
         * @return {@code false} for a stream that was cut
         */
        public boolean isRefusal() {
            return this != CUT;
        }
    }
}
