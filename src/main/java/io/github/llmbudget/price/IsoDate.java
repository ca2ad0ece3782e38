package io.github.llmbudget.price;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads dates without the formatters of the platform, which take longer to load than a whole price list to read. */
final class IsoDate {

    private static final int LENGTH = "2026-11-10".length();

    private IsoDate() {}

    /**
     * Reads a date.
     *
     * @param text for example {@code 2026-11-10}
     * @return the date
     * @throws DateTimeException if it is none
     */
    static LocalDate of(String text) {
        if (text.length() != LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
            throw new DateTimeException("no date: " + text);
        }
        return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, LENGTH));
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                throw new DateTimeException("no date: " + text);
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }
}
