package io.github.llmbudget.call;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * Reads what a {@link PackedWriter} wrote, in the same order. Not safe for use by several threads at once.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PackedReader {

    private final byte[] bytes;
    private int position;

    /**
     * Begins to read.
     *
     * @param bytes what was written
     */
    public PackedReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a number.
     *
     * @return the number
     */
    public long number() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    long eightBytes() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (bytes[position++] & 0xFF);
        }
        return value;
    }

    /**
     * Reads bytes.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        int length = (int) number();
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    /**
     * Reads a decimal.
     *
     * @return the decimal
     */
    public BigDecimal decimal() {
        long head = number();
        int scale = (int) (head >> 1);
        return (head & 1) == 0 ? BigDecimal.valueOf(signed(), scale) : new BigDecimal(new BigInteger(bytes()), scale);
    }

    /**
     * Reads a text.
     *
     * @return the text
     */
    public String text() {
        long head = number();
        int length = (int) (head >>> 1);
        int from = position;
        position += length;
        return (head & 1) == 0 ? new String(bytes, from, length, StandardCharsets.ISO_8859_1) : wide(from, length);
    }

    /** A decoder would put something else in the place of half a character. */
    private String wide(int from, int length) {
        char[] text = new char[length / 2];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) ((bytes[from + 2 * i] & 0xFF) << 8 | (bytes[from + 2 * i + 1] & 0xFF));
        }
        return new String(text);
    }
}
