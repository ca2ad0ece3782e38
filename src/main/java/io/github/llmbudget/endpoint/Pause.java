package io.github.llmbudget.endpoint;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a mocked service take its time, but no longer than the server runs. Safe for use by many threads. */
final class Pause {

    private final CountDownLatch closed = new CountDownLatch(1);

    void sleep(Duration time) throws IOException {
        if (time.isZero()) {
            return;
        }
        try {
            if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("The endpoint is closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the reply waits");
        }
    }

    void close() {
        closed.countDown();
    }
}
