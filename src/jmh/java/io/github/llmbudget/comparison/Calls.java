package io.github.llmbudget.comparison;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Makes calls that are answered whole, by as many threads at once.
 *
 * @param threads how many threads
 * @param number how many calls they make together
 */
record Calls(int threads, int number) implements Work {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final long LONGEST_SECONDS = 600;

    @Override
    public Map<Figure, Double> on(Way way) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            together(pool, way, Math.max(1, number / 10));
            long allocated = Allocation.soFar();
            long start = System.nanoTime();
            together(pool, way, number);
            double nanos = System.nanoTime() - start;
            return Map.of(
                    Figure.CALL_MICROS,
                    nanos / 1000 / number,
                    Figure.CALL_BYTES,
                    (double) (Allocation.soFar() - allocated) / number);
        } finally {
            pool.shutdown();
        }
    }

    private void together(ExecutorService pool, Way way, int calls) throws IOException {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(pool.submit(() -> {
                for (int call = 0; call < Math.max(1, calls / threads); call++) {
                    ask(way);
                }
                return null;
            }));
        }
        for (Future<?> future : running) {
            try {
                future.get(LONGEST_SECONDS, SECONDS);
            } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new IOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /** Makes one call and reads its answer. */
    static void ask(Way way) throws IOException {
        Request request = new Request.Builder()
                .url(way.url())
                .post(RequestBody.create(Payload.CALL, JSON))
                .build();
        try (Response response = way.client().newCall(request).execute()) {
            byte[] answer = response.body().bytes();
            if (response.code() != 200 || answer.length < Payload.ANSWER.length / 3) {
                throw new IOException("Status " + response.code() + ", " + new String(answer, java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }
}
