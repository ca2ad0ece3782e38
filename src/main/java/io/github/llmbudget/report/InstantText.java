package io.github.llmbudget.report;

import java.time.Instant;

/**
 * Writes and reads times as ISO-8601 does. Most come soon after one another, so the second is written or read once for many.
 */
final class InstantText {

    private static final int MILLI = 1_000_000;
    private static final int MICRO = 1_000;
    private static final int BILLION = 1_000_000_000;
    private static final int NANO_DIGITS = 9;

    private long second = Long.MIN_VALUE;
    private String upToSecond = "";

    String of(Instant instant) {
        if (instant.getEpochSecond() != second) {
            second = instant.getEpochSecond();
            upToSecond = upTo(second);
        }
        int nanos = instant.getNano();
        if (nanos == 0) {
            return upToSecond + "Z";
        }
        String digits = Integer.toString(BILLION + nanos);
        int end = nanos % MILLI == 0 ? 4 : nanos % MICRO == 0 ? 7 : 10;
        return upToSecond + "." + digits.substring(1, end) + "Z";
    }

    /** Reads what {@link #of} wrote, and any other time of this form. */
    Instant parse(String text) {
        int end = text.length() - 1;
        int point = upToSecond.length();
        if (end > point + 1 && text.charAt(end) == 'Z' && text.startsWith(upToSecond) && text.charAt(point) == '.') {
            int nanos = nanos(text, point + 1, end);
            if (second != Long.MIN_VALUE && nanos >= 0) {
                return Instant.ofEpochSecond(second, nanos);
            }
        }
        Instant read = Instant.parse(text);
        second = read.getEpochSecond();
        upToSecond = upTo(second);
        return read;
    }

    /** Returns the fraction of a second in digits, less than zero if it is none. */
    private static int nanos(String text, int from, int to) {
        int nanos = 0;
        for (int at = from; at < from + NANO_DIGITS; at++) {
            int digit = at < to ? text.charAt(at) - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            nanos = nanos * 10 + digit;
        }
        return to - from <= NANO_DIGITS ? nanos : -1;
    }

    private static String upTo(long second) {
        String text = Instant.ofEpochSecond(second).toString();
        return text.substring(0, text.length() - 1);
    }
}
