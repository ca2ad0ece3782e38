package io.github.llmbudget.wire;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Inflates one stream of deflated data, bare or in the zlib format. */
final class Inflation {

    private static final byte[] NOTHING = {};

    private final Inflater inflater;
    private final ByteSink sink;
    private final byte[] inflated = new byte[8 * 1024];
    private final CRC32 checksum = new CRC32();
    private long size;
    private boolean finished;
    private boolean released;
    private @Nullable String damage;

    /**
     * Creates an inflation.
     *
     * @param bare whether the data come without the header of the zlib format
     * @param sink takes what was inflated
     */
    Inflation(boolean bare, ByteSink sink) {
        this.inflater = new Inflater(bare);
        this.sink = sink;
    }

    /**
     * Inflates the next bytes and hands on all that can be had from them.
     *
     * @param bytes holds the bytes
     * @param offset where they begin
     * @param length how many there are
     * @return how many of them belong to the stream
     */
    int accept(byte[] bytes, int offset, int length) {
        if (finished || released || damage != null) {
            return 0;
        }
        inflater.setInput(bytes, offset, length);
        try {
            while (inflate()) {
                sink.accept(inflated, 0, (int) (inflater.getBytesWritten() - size));
                checksum.update(inflated, 0, (int) (inflater.getBytesWritten() - size));
                size = inflater.getBytesWritten();
            }
            finished = inflater.finished();
            return length - inflater.getRemaining();
        } finally {
            // The array belongs to the caller.
            inflater.setInput(NOTHING);
        }
    }

    /** Inflates as much as the buffer holds; tells whether there was anything. */
    private boolean inflate() {
        if (damage != null) {
            return false;
        }
        try {
            inflater.inflate(inflated);
            if (inflater.needsDictionary()) {
                damage = "it needs a dictionary";
            }
        } catch (DataFormatException e) {
            // What stands before the damage is in the buffer all the same.
            damage = e.getMessage() == null ? "it is no deflated data" : e.getMessage();
        }
        return inflater.getBytesWritten() > size;
    }

    boolean isFinished() {
        return finished;
    }

    /** Returns what is wrong with the data, or {@code null}. */
    @Nullable
    String damage() {
        return damage;
    }

    /** Returns the CRC-32 of what was inflated. */
    long checksum() {
        return checksum.getValue();
    }

    /** Returns how many bytes were inflated. */
    long size() {
        return size;
    }

    /** Frees the memory outside the heap; nothing more is inflated. */
    void release() {
        released = true;
        inflater.end();
    }
}
