package io.github.llmbudget.report;

import java.math.BigDecimal;
import java.time.Duration;

/** Numbers as JSON holds them: exact, and without an exponent. */
final class Decimals {

    private static final int NANOS = 9;
    private static final int MILLIS = 3;
    private static final int NANOS_A_MILLI = 1_000_000;

    private Decimals() {}

    static String plain(BigDecimal number) {
        String digits = number.toPlainString();
        return number.scale() > 0 ? withoutZeros(digits) : digits;
    }

    /** Returns a number as it comes back when it was written: without zeros at the end of its fraction. */
    static BigDecimal asWritten(BigDecimal number) {
        BigDecimal shortest = number.scale() > 0 ? number.stripTrailingZeros() : number;
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    private static String withoutZeros(String digits) {
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
    }

    static String seconds(Duration duration) {
        return plain(BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), NANOS)));
    }

    static String millis(Duration duration) {
        long nanos = duration.toNanos();
        long millis = nanos / NANOS_A_MILLI;
        long rest = nanos % NANOS_A_MILLI;
        return rest == 0
                ? Long.toString(millis)
                : withoutZeros(
                        millis + "." + Long.toString(NANOS_A_MILLI + rest).substring(1));
    }

    static Duration ofSeconds(String number) {
        return Duration.ofNanos(new BigDecimal(number).movePointRight(NANOS).longValueExact());
    }

    static Duration ofMillis(String number) {
        return Duration.ofNanos(
                new BigDecimal(number).movePointRight(NANOS - MILLIS).longValueExact());
    }
}
