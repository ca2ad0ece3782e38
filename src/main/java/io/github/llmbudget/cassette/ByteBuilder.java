package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Bytes that grow at their end. Not synchronised, as those of {@code java.io} are for each byte. */
final class ByteBuilder {

    private byte[] bytes;
    private int length;

    ByteBuilder(int expected) {
        bytes = new byte[Math.max(16, expected)];
    }

    ByteBuilder append(byte[] more) {
        return append(more, 0, more.length);
    }

    ByteBuilder append(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    ByteBuilder append(int one) {
        reserve(1);
        bytes[length++] = (byte) one;
        return this;
    }

    ByteBuilder append(String text) {
        return append(text.getBytes(UTF_8));
    }

    /** Begins a line with so many levels of two blanks. */
    ByteBuilder line(int level) {
        return append('\n').repeat(' ', 2 * level);
    }

    ByteBuilder repeat(int one, int times) {
        reserve(times);
        Arrays.fill(bytes, length, length + times, (byte) one);
        length += times;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
