package io.github.llmbudget.call;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A number of tokens that was counted here, with how far it can be trusted. Immutable, hence safe for use by many
 * threads.
 *
 * @param value the most likely number of tokens, 0 or more
 * @param lowerBound the number of tokens that there are at least, 0 to {@code value}
 * @param reasons why the service may count otherwise, in the order of their declaration; empty where the rules are known
 *     to give the service's own count, or one very near
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TokenEstimate(long value, long lowerBound, Set<EstimateReason> reasons) {

    /**
     * Checks the numbers and copies the reasons.
     *
     * @param value the most likely number of tokens
     * @param lowerBound the number of tokens that there are at least
     * @param reasons why the service may count otherwise
     * @throws IllegalArgumentException if a number is negative, or the lower bound is above the value
     */
    public TokenEstimate {
        if (lowerBound < 0 || value < lowerBound) {
            throw new IllegalArgumentException(
                    "An estimate needs 0 <= lower bound <= value: lower bound " + lowerBound + ", value " + value);
        }
        reasons = ordered(reasons);
    }

    private static Set<EstimateReason> ordered(Collection<EstimateReason> reasons) {
        return reasons.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(reasons));
    }

    /**
     * Collects the reasons of the two sides of a call.
     *
     * @param input how the input was counted, {@code null} where the service reported it
     * @param output how the output was counted, {@code null} where the service reported it
     * @return the reasons of both, in the order of their declaration
     */
    public static Set<EstimateReason> reasons(@Nullable TokenEstimate input, @Nullable TokenEstimate output) {
        Set<EstimateReason> reasons = EnumSet.noneOf(EstimateReason.class);
        if (input != null) {
            reasons.addAll(input.reasons);
        }
        if (output != null) {
            reasons.addAll(output.reasons);
        }
        return reasons;
    }

    /**
     * Tells whether only a lower bound is known.
     *
     * @return whether any of the reasons is {@linkplain EstimateReason#isUnknowable() unknowable}
     */
    public boolean isPartial() {
        return reasons.stream().anyMatch(EstimateReason::isUnknowable);
    }

    /**
     * Returns the number that limits and prices go by.
     *
     * @return the value, or the lower bound where only that is known
     */
    public long counted() {
        return isPartial() ? lowerBound : value;
    }

    /** Shows the number and the reasons, such as {@code ~96} or {@code >=1,105 (image-size-unknown)}. */
    @Override
    public String toString() {
        String number = isPartial() ? ">=" + lowerBound : "~" + value;
        return reasons.isEmpty()
                ? number
                : number + " ("
                        + String.join(
                                ", ",
                                reasons.stream().map(EstimateReason::label).toList()) + ")";
    }
}
