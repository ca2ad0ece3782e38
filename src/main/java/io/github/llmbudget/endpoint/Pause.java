package io.github.llmbudget.endpoint;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets a mocked service take its time, but no longer than somebody waits for it. Safe for use by many threads. */
final class Pause {

    private boolean closed;

    /**
     * Waits.
     *
     * @param time how long at the most
     * @param enough tells whether to wait no longer; whoever changes that says so by {@link #look}
     * @throws IOException if the server is gone
     */
    synchronized void sleep(Duration time, BooleanSupplier enough) throws IOException {
        long deadline = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0 && !enough.getAsBoolean(); left = deadline - System.nanoTime()) {
            if (closed) {
                throw new IOException("The endpoint is closed");
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while the reply waits");
            }
        }
    }

    /** Lets those who wait look whether they still should. */
    synchronized void look() {
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
