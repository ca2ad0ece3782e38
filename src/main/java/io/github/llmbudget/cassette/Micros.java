package io.github.llmbudget.cassette;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Times as a cassette writes them: milliseconds with three decimals. */
final class Micros {

    private static final int DECIMALS = 3;

    private Micros() {}

    static long of(Duration at) {
        return at.toNanos() / 1000;
    }

    static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    static String text(long micros) {
        BigDecimal millis = BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros();
        return (millis.scale() < 0 ? millis.setScale(0) : millis).toPlainString();
    }

    /**
     * Reads a time.
     *
     * @throws ArithmeticException if it is too long
     */
    static long parse(String millis) {
        BigDecimal number = new BigDecimal(millis);
        if (number.precision() - number.scale() > 12) {
            throw new ArithmeticException(millis);
        }
        return number.movePointRight(DECIMALS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
