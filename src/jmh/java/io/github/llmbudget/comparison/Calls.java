package io.github.llmbudget.comparison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes calls that are answered whole, by several threads at once. As many as a tenth of them come first, unmeasured: they
 * open the connections.
 *
 * @param threads how many threads
 * @param number how many calls each of them makes
 */
record Calls(int threads, int number) implements Work {

    @Override
    public Map<Figure, Double> on(Way way) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            make(pool, threads, number / 10, way);
            long allocated = Allocation.soFar();
            long start = System.nanoTime();
            make(pool, threads, number, way);
            double nanos = System.nanoTime() - start;
            double bytes = Allocation.soFar() - allocated;
            way.requireDone(threads * (number / 10 + number));
            return Map.of(
                    Figure.CALL_MICROS, nanos / 1000 / threads / number,
                    Figure.CALL_BYTES, bytes / threads / number);
        } finally {
            pool.shutdown();
        }
    }

    /** Has each of several threads make calls. */
    static void make(ExecutorService pool, int threads, int calls, Way way) throws IOException {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(pool.submit(() -> {
                for (int call = 0; call < calls; call++) {
                    way.call(Payload.CALL);
                }
                return null;
            }));
        }
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
