package io.github.llmbudget.price;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One line of a price list.
 *
 * @param model the model
 * @param component what the price is for
 * @param tier the service tier
 * @param above the price holds if the request's input tokens exceed this number, 0 for any request
 * @param from the first day, {@code null} if open
 * @param until the last day, {@code null} if open
 * @param usdPerMillion the price of a million tokens
 */
record Rate(
        String model,
        PriceComponent component,
        String tier,
        long above,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        BigDecimal usdPerMillion) {

    boolean holdsOn(LocalDate date) {
        return (from == null || !date.isBefore(from)) && (until == null || !date.isAfter(until));
    }

    boolean overlaps(Rate other) {
        return model.equals(other.model)
                && component == other.component
                && tier.equals(other.tier)
                && above == other.above
                && (until == null || other.from == null || !other.from.isAfter(until))
                && (other.until == null || from == null || !from.isAfter(other.until));
    }
}
