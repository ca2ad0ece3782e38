package io.github.llmbudget.comparison;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Reads streams, line by line.
 *
 * @param number how many streams
 * @param events how many events each has
 * @param isPaced whether the service sends one event a millisecond, with the time at which it does
 */
record Streams(int number, int events, boolean isPaced) implements Work {

    private static final MediaType JSON = MediaType.get("application/json");

    @Override
    public Map<Figure, Double> on(Way way) throws IOException {
        long[] lags = new long[events];
        for (int i = 0; i < Math.max(1, number / 5) && !isPaced; i++) {
            read(way, lags);
        }
        long[] firsts = new long[number];
        long[] medians = new long[number];
        long[] percentiles = new long[number];
        long allocated = Allocation.soFar();
        long start = System.nanoTime();
        for (int i = 0; i < number; i++) {
            firsts[i] = read(way, lags);
            if (isPaced) {
                Arrays.sort(lags, 0, events - 2);
                medians[i] = lags[(events - 2) / 2];
                percentiles[i] = lags[(events - 2) * 99 / 100];
            }
        }
        double nanos = System.nanoTime() - start;
        double eventBytes = (double) (Allocation.soFar() - allocated) / number / events;
        return isPaced
                ? Map.of(
                        Figure.FIRST_EVENT_MILLIS, median(firsts) / 1e6,
                        Figure.LAG_MEDIAN_MICROS, median(medians) / 1e3,
                        Figure.LAG_99_MICROS, median(percentiles) / 1e3,
                        Figure.EVENT_BYTES, eventBytes)
                : Map.of(Figure.STREAM_MILLIS, nanos / 1e6 / number, Figure.EVENT_BYTES, eventBytes);
    }

    private static double median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** Reads a stream, notes how late each event comes, and returns how long the first one took. */
    private long read(Way way, long[] lags) throws IOException {
        Request request = new Request.Builder()
                .url(way.url())
                .post(RequestBody.create(Payload.STREAM, JSON))
                .build();
        long asked = System.nanoTime();
        long first = 0;
        int come = 0;
        try (Response response = way.client().newCall(request).execute()) {
            BufferedSource body = response.body().source();
            for (String line = body.readUtf8Line(); line != null; line = body.readUtf8Line()) {
                if (!line.isEmpty()) {
                    long now = System.nanoTime();
                    first = come == 0 ? now - asked : first;
                    if (isPaced && come < events - 2) {
                        lags[come] = now - sentAt(line);
                    }
                    come++;
                }
            }
        }
        if (come != events) {
            throw new IOException(come + " events in place of " + events);
        }
        return first;
    }

    private static long sentAt(String line) {
        int at = line.indexOf(Payload.SENT_AT) + Payload.SENT_AT.length();
        long time = 0;
        for (int i = at; i < at + Payload.TIME.length(); i++) {
            time = 10 * time + line.charAt(i) - '0';
        }
        return time;
    }
}
