package io.github.llmbudget.endpoint;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices clients that leave while they wait for the next piece of a stream. Whoever writes to such a client is told, but
 * while the service is silent nobody writes.
 */
final class ClientDepartures {

    private static final long LOOK_EVERY_MILLIS = 100;
    private static final ScheduledThreadPoolExecutor LOOKOUT = lookout();

    private ClientDepartures() {}

    private static ScheduledThreadPoolExecutor lookout() {
        ScheduledThreadPoolExecutor lookout = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "llm-budget client departures");
            thread.setDaemon(true);
            return thread;
        });
        lookout.setRemoveOnCancelPolicy(true);
        return lookout;
    }

    /**
     * Watches a client while its answer is handed on.
     *
     * @param client its connection, {@code null} for none
     * @param whenGone is run on another thread, again and again, once the client is gone
     * @param answering hands the answer on
     */
    static void watch(@Nullable ClientConnection client, Runnable whenGone, Runnable answering) {
        if (client == null) {
            answering.run();
            return;
        }
        Future<?> looking = LOOKOUT.scheduleWithFixedDelay(
                () -> {
                    if (client.isClosedByClient()) {
                        whenGone.run();
                    }
                },
                LOOK_EVERY_MILLIS,
                LOOK_EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
        try {
            answering.run();
        } finally {
            looking.cancel(false);
        }
    }
}
