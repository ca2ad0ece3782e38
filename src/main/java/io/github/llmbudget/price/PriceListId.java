package io.github.llmbudget.price;

import java.time.LocalDate;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What tells a price list from others, and from itself as it was at another time.
 *
 * @param name the name shown in messages, such as {@code built-in list} or {@code llm-prices.csv}
 * @param asOf the day it was brought up to date, {@code null} if it does not say
 * @param sha256 the SHA-256 digest of its bytes, in hexadecimal digits
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PriceListId(String name, @Nullable LocalDate asOf, String sha256) {

    private static final int SHOWN_DIGITS = 12;

    /**
     * Checks the digest.
     *
     * @param name the name shown in messages, such as {@code built-in list} or {@code llm-prices.csv}
     * @param asOf the day it was brought up to date, {@code null} if it does not say
     * @param sha256 the SHA-256 digest of its bytes, in hexadecimal digits
     * @throws IllegalArgumentException if the digest is too short to tell lists apart
     */
    public PriceListId {
        Objects.requireNonNull(name, "name");
        if (sha256.length() < SHOWN_DIGITS) {
            throw new IllegalArgumentException(sha256 + " is no SHA-256 digest");
        }
    }

    /** Returns the list for a reader: {@code built-in list of 2026-11-10, sha-256 0f1e2d3c4b5a}. */
    @Override
    public String toString() {
        return name + (asOf == null ? "" : " of " + asOf) + ", sha-256 " + sha256.substring(0, SHOWN_DIGITS);
    }
}
