package io.github.llmbudget.report;

import java.math.BigDecimal;
import java.time.Duration;

/** Numbers as JSON holds them: exact, and without an exponent. */
final class Decimals {

    private static final int NANOS = 9;
    private static final int MILLIS = 3;

    private Decimals() {}

    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    static String seconds(Duration duration) {
        return plain(inSeconds(duration));
    }

    static String millis(Duration duration) {
        return plain(inSeconds(duration).movePointRight(MILLIS));
    }

    private static BigDecimal inSeconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), NANOS));
    }

    static Duration ofSeconds(String number) {
        BigDecimal nanos = new BigDecimal(number).movePointRight(NANOS);
        return Duration.ofNanos(nanos.longValueExact());
    }

    static Duration ofMillis(String number) {
        return ofSeconds(new BigDecimal(number).movePointLeft(MILLIS).toPlainString());
    }
}
