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

    /** Reads a time that is written as here, which costs a big cassette less; -1 if it is not. */
    private static long usual(String millis) {
        long micros = 0;
        int decimals = -1;
        for (int i = 0; i < millis.length(); i++) {
            char next = millis.charAt(i);
            if (next == '.' && decimals < 0) {
                decimals = 0;
            } else if (next >= '0' && next <= '9' && decimals < DECIMALS) {
                micros = 10 * micros + (next - '0');
                decimals += decimals < 0 ? 0 : 1;
            } else {
                return -1;
            }
        }
        for (int i = Math.max(decimals, 0); i < DECIMALS; i++) {
            micros *= 10;
        }
        return millis.length() > 12 ? -1 : micros;
    }

    /**
     * Reads a time.
     *
     * @throws ArithmeticException if it is too long
     */
    static long parse(String millis) {
        long usual = usual(millis);
        if (usual >= 0) {
            return usual;
        }
        BigDecimal number = new BigDecimal(millis);
        if (number.precision() - number.scale() > 12) {
            throw new ArithmeticException(millis);
        }
        return number.movePointRight(DECIMALS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
