package io.github.llmbudget.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the coding {@code br}. The library pulls its input, so it runs on a thread of its own, which takes turns with
 * the caller: one works while the other waits.
 *
 * <p>The library reads ahead, 4096 bytes at a time, and hands out nothing before a whole window is full or the data is
 * over; a usual window is 4 MiB. So most bodies are handed on by {@link #finish}, and of data that breaks off all that
 * was still in the window is lost. Since Brotli has no checksum, the library cannot tell broken off from damaged.
 */
final class BrotliDecoding implements Decoding {

    private final ByteSink sink;
    private final Semaphore decodersTurn = new Semaphore(0);
    private final Semaphore callersTurn = new Semaphore(0);

    // Each field below is used only by the one whose turn it is.
    private byte[] packed = {};
    private int packedOffset;
    private int packedLength;
    private boolean packedIsOver;

    private final byte[] unpacked = new byte[8 * 1024];
    private int unpackedLength;

    private boolean started;
    private boolean ended;
    private @Nullable String damage;

    BrotliDecoding(ByteSink sink) {
        this.sink = sink;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        if (ended || length == 0) {
            return;
        }
        if (!started) {
            started = true;
            Thread decoder = new Thread(this::decode, "llm-budget-brotli");
            decoder.setDaemon(true);
            decoder.start();
        }
        packed = bytes;
        packedOffset = offset;
        packedLength = length;
        letDecode();
    }

    @Override
    public void finish() {
        packedIsOver = true;
        if (started) {
            letDecode();
        }
    }

    @Override
    public @Nullable String problem() {
        return damage == null ? null : "the br data is damaged or broke off: " + damage;
    }

    /** Lets the decoder work until it needs more input or is done, and hands on what it puts out meanwhile. */
    private void letDecode() {
        boolean more = true;
        while (more && !ended) {
            decodersTurn.release();
            // The decoder answers soon and always, so an interrupt can wait.
            callersTurn.acquireUninterruptibly();
            more = unpackedLength > 0;
            if (more) {
                int length = unpackedLength;
                unpackedLength = 0;
                sink.accept(unpacked, 0, length);
            }
        }
        packed = new byte[0];
    }

    private void decode() {
        decodersTurn.acquireUninterruptibly();
        int filled = 0;
        try (InputStream decoded = new BrotliInputStream(new PackedBytes())) {
            // One byte at a time: what a call found before it failed is lost.
            while (decoded.read(unpacked, filled, 1) > 0) {
                filled++;
                if (filled == unpacked.length) {
                    unpackedLength = filled;
                    filled = 0;
                    letCallerWork();
                }
            }
        } catch (IOException | RuntimeException e) {
            // The library answers some damage with whatever its tables throw.
            Throwable reason = e.getCause() == null ? e : e.getCause();
            damage = reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
        } finally {
            unpackedLength = filled;
            ended = true;
            callersTurn.release();
        }
    }

    private void letCallerWork() {
        callersTurn.release();
        decodersTurn.acquireUninterruptibly();
    }

    /** What the caller brings; waits for it. */
    private final class PackedBytes extends InputStream {

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            while (packedLength == 0 && !packedIsOver) {
                letCallerWork();
            }
            if (packedLength == 0) {
                return -1;
            }
            int count = Math.min(length, packedLength);
            System.arraycopy(packed, packedOffset, target, offset, count);
            packedOffset += count;
            packedLength -= count;
            return count;
        }
    }
}
