package io.github.llmbudget.wire;

import io.github.llmbudget.token.StreamTokenCounter;
import io.github.llmbudget.token.WrittenText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bytes of a text in case its tokens must be counted. It keeps a limited number of them, in blocks that are used
 * again, so an answer whose usage is reported costs no memory; a text longer than that is counted as it comes.
 */
final class TextBuffer {

    private static final int BLOCK_SIZE = 16 * 1024;
    private static final int MOST_BLOCKS = 64;
    private static final Spares<byte[]> FREE_BLOCKS = new Spares<>(() -> new byte[BLOCK_SIZE]);

    private final Supplier<StreamTokenCounter> counters;
    private final List<byte[]> blocks = new ArrayList<>(1);
    private int usedOfLast = BLOCK_SIZE;
    private @Nullable CountedText counted;
    private long settledTokens;

    /**
     * Creates an empty buffer.
     *
     * @param counters gives a counter once the text is too long to be kept
     */
    TextBuffer(Supplier<StreamTokenCounter> counters) {
        this.counters = counters;
    }

    /** Adds bytes as they stand between the quotes of a JSON string. */
    void append(byte[] bytes, int offset, int size) {
        int from = offset;
        int left = size;
        while (left > 0) {
            if (usedOfLast == BLOCK_SIZE) {
                if (blocks.size() == MOST_BLOCKS) {
                    count();
                }
                blocks.add(FREE_BLOCKS.take());
                usedOfLast = 0;
            }
            int taken = Math.min(left, BLOCK_SIZE - usedOfLast);
            System.arraycopy(bytes, from, blocks.get(blocks.size() - 1), usedOfLast, taken);
            usedOfLast += taken;
            from += taken;
            left -= taken;
        }
    }

    /** Counts what is kept, and forgets it. */
    private void count() {
        CountedText text = counted == null ? new CountedText(counters.get()) : counted;
        forEachBlock(text::append);
        forgetBlocks();
        counted = text;
    }

    private interface BlockReader {

        void read(byte[] bytes, int offset, int length);
    }

    private void forEachBlock(BlockReader reader) {
        for (int i = 0; i < blocks.size(); i++) {
            reader.read(blocks.get(i), 0, i == blocks.size() - 1 ? usedOfLast : BLOCK_SIZE);
        }
    }

    boolean isEmpty() {
        return blocks.isEmpty() && counted == null && settledTokens == 0;
    }

    /** Moves the text to the end of another one. */
    void moveTo(TextBuffer other) {
        other.settledTokens += countedTokens();
        forEachBlock(other::append);
        release();
    }

    /** Returns the text, or how many tokens it has as far as it was too long to be kept. */
    WrittenText written() {
        if (counted != null) {
            count();
        }
        EscapedText decoding = new EscapedText();
        StringBuilder text = new StringBuilder();
        forEachBlock((bytes, offset, length) -> text.append(decoding.next(bytes, offset, length)));
        return new WrittenText(text.append(decoding.rest()).toString(), countedTokens());
    }

    /** Counts the text so far, and from here on counts instead of keeping. */
    long tokensSoFar() {
        if (isEmpty()) {
            return 0;
        }
        count();
        return settledTokens + (counted == null ? 0 : counted.tokensSoFar());
    }

    private long countedTokens() {
        return settledTokens + (counted == null ? 0 : counted.tokens());
    }

    /** Forgets the text. */
    void release() {
        forgetBlocks();
        counted = null;
        settledTokens = 0;
    }

    private void forgetBlocks() {
        while (!blocks.isEmpty()) {
            FREE_BLOCKS.give(blocks.remove(blocks.size() - 1));
        }
        usedOfLast = BLOCK_SIZE;
    }

    /** A text that is counted as it comes. */
    private static final class CountedText {

        private final EscapedText decoding = new EscapedText();
        private final StreamTokenCounter counter;

        CountedText(StreamTokenCounter counter) {
            this.counter = counter;
        }

        void append(byte[] bytes, int offset, int length) {
            counter.append(decoding.next(bytes, offset, length));
        }

        /** What may be half an escape waits for the rest. */
        long tokensSoFar() {
            return counter.count();
        }

        long tokens() {
            counter.append(decoding.rest());
            return counter.count();
        }
    }
}
