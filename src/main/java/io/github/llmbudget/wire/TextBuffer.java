package io.github.llmbudget.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Keeps the bytes of a text in case they must be counted. It keeps a limited number of them, in blocks that are used
 * again, so an answer whose usage is reported costs no memory, however long it is.
 */
final class TextBuffer {

    private static final int BLOCK_SIZE = 16 * 1024;
    private static final int MOST_BLOCKS = 64;
    private static final BlockingQueue<byte[]> FREE_BLOCKS = new ArrayBlockingQueue<>(2 * MOST_BLOCKS);

    private final List<byte[]> blocks = new ArrayList<>(1);
    private int usedOfLast = BLOCK_SIZE;
    private long length;

    /** Adds bytes. Those beyond the limit are counted, not kept. */
    void append(byte[] bytes, int offset, int size) {
        length += size;
        int from = offset;
        int left = size;
        while (left > 0 && (usedOfLast < BLOCK_SIZE || blocks.size() < MOST_BLOCKS)) {
            if (usedOfLast == BLOCK_SIZE) {
                byte[] free = FREE_BLOCKS.poll();
                blocks.add(free == null ? new byte[BLOCK_SIZE] : free);
                usedOfLast = 0;
            }
            int taken = Math.min(left, BLOCK_SIZE - usedOfLast);
            System.arraycopy(bytes, from, blocks.get(blocks.size() - 1), usedOfLast, taken);
            usedOfLast += taken;
            from += taken;
            left -= taken;
        }
    }

    /** Moves the bytes to the end of another text. */
    void moveTo(TextBuffer other) {
        byte[] kept = kept();
        other.append(kept, 0, kept.length);
        other.length += length - kept.length;
        release();
    }

    /** Returns how many bytes were added. */
    long length() {
        return length;
    }

    /** Returns the bytes that are kept: all of them, or the first. */
    byte[] kept() {
        byte[] kept = new byte[blocks.isEmpty() ? 0 : (blocks.size() - 1) * BLOCK_SIZE + usedOfLast];
        for (int i = 0; i < blocks.size(); i++) {
            int from = i * BLOCK_SIZE;
            System.arraycopy(blocks.get(i), 0, kept, from, Math.min(BLOCK_SIZE, kept.length - from));
        }
        return kept;
    }

    /** Forgets all bytes. */
    void release() {
        blocks.forEach(FREE_BLOCKS::offer);
        blocks.clear();
        usedOfLast = BLOCK_SIZE;
        length = 0;
    }
}
