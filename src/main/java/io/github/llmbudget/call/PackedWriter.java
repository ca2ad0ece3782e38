package io.github.llmbudget.call;

import java.math.BigDecimal;
import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * Writes values one after the other, small numbers in few bytes. Not safe for use by several threads at once.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PackedWriter {

    private static final int LONG_DIGITS = 18;

    private byte[] bytes = new byte[256];
    private int length;

    /** Creates a writer that has written nothing yet. */
    public PackedWriter() {}

    /** Begins anew. */
    public void clear() {
        length = 0;
    }

    /**
     * Returns what was written.
     *
     * @return the bytes
     */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /**
     * Writes a number in seven bits a byte. Negative ones take ten bytes.
     *
     * @param value the number
     */
    public void number(long value) {
        ensure(10);
        long left = value;
        while ((left & ~0x7FL) != 0) {
            bytes[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
    }

    /** Writes a number that may be negative: near zero, either way, it takes few bytes. */
    void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    void eightBytes(long value) {
        ensure(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    /**
     * Writes bytes.
     *
     * @param value the bytes
     */
    public void bytes(byte[] value) {
        number(value.length);
        append(value);
    }

    /**
     * Writes a decimal, with its zeros at the end.
     *
     * @param value the decimal
     */
    public void decimal(BigDecimal value) {
        boolean isLong = value.precision() <= LONG_DIGITS;
        number(((long) value.scale() << 1) | (isLong ? 0 : 1));
        if (isLong) {
            signed(value.unscaledValue().longValue());
        } else {
            bytes(value.unscaledValue().toByteArray());
        }
    }

    /**
     * Writes a text: a byte a character where that does, else two, so that halves of characters survive.
     *
     * @param text the text
     */
    public void text(String text) {
        boolean narrow = isLatin1(text);
        int length = text.length();
        number(((long) (narrow ? length : 2 * length) << 1) | (narrow ? 0 : 1));
        ensure(2 * length);
        for (int i = 0; i < length; i++) {
            char letter = text.charAt(i);
            if (!narrow) {
                bytes[this.length++] = (byte) (letter >> 8);
            }
            bytes[this.length++] = (byte) letter;
        }
    }

    private static boolean isLatin1(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    private void append(byte[] more) {
        ensure(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
