package io.github.llmbudget.price;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The time whose prices hold, as settings and annotations write it: {@code 2026-11-10}, {@code 2026-11-10T02:00Z} where a
 * price depends on the hour, or {@code today}.
 *
 * @param day the day
 * @param time the hour that holds whenever a call is made, {@code null} if none is given
 * @param moving whether the day is the one on which the tests run
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PriceDate(LocalDate day, @Nullable Instant time, boolean moving) {

    private static final String TODAY = "today";

    /**
     * Reads a date.
     *
     * @param text the text
     * @return the date; that of {@code today} is the day in UTC
     * @throws IllegalArgumentException if it is none; the message says what is expected
     */
    public static PriceDate of(String text) {
        if (text.equalsIgnoreCase(TODAY)) {
            return new PriceDate(LocalDate.now(ZoneOffset.UTC), null, true);
        }
        try {
            if (text.indexOf('T') < 0) {
                return new PriceDate(IsoDate.of(text), null, false);
            }
            Instant time = OffsetDateTime.parse(text).toInstant();
            return new PriceDate(LocalDate.ofInstant(time, ZoneOffset.UTC), time, false);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a date such as 2026-11-10, a time such as 2026-11-10T02:00Z, or today", e);
        }
    }

    /** Tells whether it says, or leaves to the calls, which hour of the day is meant. */
    boolean hasHour() {
        return moving || time != null;
    }
}
