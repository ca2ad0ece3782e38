package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A string, number or boolean of a JSON text, as it stands in the bytes that passed. Valid only while it is reported;
 * what nobody asks for is not decoded.
 */
final class JsonToken {

    /** Beyond anything a call can use; more is a mistake, and would overflow sums. */
    private static final int MOST_DIGITS = 12;

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int offset;
    private int length;
    private boolean quoted;

    JsonToken at(byte[] source, int from, int size, boolean inQuotes) {
        if (bytes != source) {
            bytes = source;
        }
        offset = from;
        length = size;
        quoted = inQuotes;
        return this;
    }

    /** Lets go of the bytes. */
    void clear() {
        at(NOTHING, 0, 0, false);
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isQuoted() {
        return quoted;
    }

    boolean isNull() {
        return !quoted && is("null");
    }

    boolean isTrue() {
        return !quoted && is("true");
    }

    boolean isFalse() {
        return !quoted && is("false");
    }

    /** Compares with a text that needs no escapes. */
    boolean is(@Nullable String text) {
        if (text == null || text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[offset + i] != (byte) text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the number as a count of something; some services put it in quotes.
     *
     * @return the count, -1 if it is no whole number, is negative, or too high to be a count
     */
    long count() {
        if (length == 0) {
            return -1;
        }
        long count = 0;
        for (int i = offset; i < offset + length; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || i - offset >= MOST_DIGITS) {
                return unusualCount();
            }
            count = count * 10 + digit;
        }
        return count;
    }

    private long unusualCount() {
        try {
            BigDecimal number = new BigDecimal(raw());
            boolean countable = number.signum() >= 0 && number.precision() - number.scale() <= MOST_DIGITS;
            return countable ? number.longValueExact() : -1;
        } catch (ArithmeticException | NumberFormatException e) {
            // A fraction, or no number at all.
            return -1;
        }
    }

    /** Compares with what {@link #bytes} gave. */
    boolean isSameAs(byte[] other) {
        return Arrays.equals(other, 0, other.length, bytes, offset, offset + length);
    }

    /** Returns a copy of the token as it stands in the JSON text. */
    byte[] bytes() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    String text() {
        return quoted ? JsonText.unescaped(raw()) : raw();
    }

    /** Returns the token as it stands in the JSON text. */
    @Override
    public String toString() {
        return quoted ? '"' + raw() + '"' : raw();
    }

    private String raw() {
        return new String(bytes, offset, length, UTF_8);
    }
}
