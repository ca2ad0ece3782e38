package io.github.llmbudget.wire;

import org.jspecify.annotations.Nullable;

/**
 * Undoes the coding {@code deflate}. It means the zlib format, yet some servers send the deflated data bare; the first
 * two bytes tell which it is. What follows the data is ignored.
 */
final class DeflateDecoding implements Decoding {

    private static final int DEFLATED = 8;
    private static final int LARGEST_WINDOW = 7;
    private static final int HEADER_MULTIPLE = 31;

    private final ByteSink sink;
    private final byte[] head = new byte[2];
    private int headLength;
    private @Nullable Inflation inflation;

    DeflateDecoding(ByteSink sink) {
        this.sink = sink;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (inflation == null && position < end) {
            head[headLength++] = bytes[position++];
            if (headLength == head.length) {
                begin();
            }
        }
        if (inflation != null && position < end) {
            inflation.accept(bytes, position, end - position);
        }
    }

    private void begin() {
        int method = head[0] & 0x0F;
        int window = (head[0] & 0xF0) >> 4;
        int header = (head[0] & 0xFF) << 8 | (head[1] & 0xFF);
        boolean zlib = method == DEFLATED && window <= LARGEST_WINDOW && header % HEADER_MULTIPLE == 0;
        inflation = new Inflation(!zlib, sink);
        inflation.accept(head, 0, headLength);
    }

    @Override
    public void finish() {
        if (inflation != null) {
            inflation.release();
        }
    }

    @Override
    public @Nullable String problem() {
        String damage = inflation == null ? null : inflation.damage();
        return damage == null ? null : "the deflate data is damaged: " + damage;
    }
}
