package io.github.llmbudget.comparison;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Where numbers are written into bytes, in place, so that nothing is allocated for them. */
final class Slots {

    private final int[] starts;
    private final int digits;

    /**
     * Finds the slots.
     *
     * @param bytes where they are
     * @param mark what stands before each
     * @param digits how many digits each has
     */
    Slots(byte[] bytes, String mark, int digits) {
        byte[] text = mark.getBytes(US_ASCII);
        int[] found = new int[bytes.length / digits];
        int count = 0;
        for (int at = 0; at + text.length + digits <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
                at += text.length;
                found[count++] = at;
            }
        }
        this.starts = Arrays.copyOf(found, count);
        this.digits = digits;
    }

    /** Writes a number into each slot. */
    void fill(byte[] bytes, long number) {
        fill(bytes, 0, number);
        for (int slot = 1; slot < starts.length; slot++) {
            System.arraycopy(bytes, starts[0], bytes, starts[slot], digits);
        }
    }

    /** Writes a number into one slot, if there are so many. */
    void fill(byte[] bytes, int slot, long number) {
        if (slot < starts.length) {
            long left = number;
            for (int at = starts[slot] + digits - 1; at >= starts[slot]; at--) {
                bytes[at] = (byte) ('0' + left % 10);
                left /= 10;
            }
        }
    }
}
