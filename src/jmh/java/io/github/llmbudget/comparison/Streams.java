package io.github.llmbudget.comparison;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Reads streams, line by line.
 *
 * @param number how many streams
 * @param events how many events each has
 * @param pace how they come
 */
record Streams(int number, int events, Output.Pace pace) implements Work {

    @Override
    public Output output() {
        return new Output(Payload.ANSWER_TEXT, events, pace);
    }

    @Override
    public Map<Figure, Double> on(Way way) throws IOException {
        return pace == Output.Pace.AT_ONCE ? flatOut(way) : paced(way);
    }

    private Map<Figure, Double> flatOut(Way way) throws IOException {
        int unmeasured = Math.max(1, number / 10);
        for (int i = 0; i < unmeasured; i++) {
            read(way, new long[0]);
        }
        long allocated = Allocation.soFar();
        long start = System.nanoTime();
        for (int i = 0; i < number; i++) {
            read(way, new long[0]);
        }
        double nanos = System.nanoTime() - start;
        double bytes = Allocation.soFar() - allocated;
        way.requireDone(unmeasured + number);
        return Map.of(Figure.STREAM_MILLIS, nanos / 1e6 / number, Figure.EVENT_BYTES, bytes / number / events);
    }

    private Map<Figure, Double> paced(Way way) throws IOException {
        int timed = events - 2;
        long[] firsts = new long[number];
        long[] lags = new long[number * timed];
        long[] lagsOfOne = new long[timed];
        way.call(Payload.CALL);
        long allocated = Allocation.soFar();
        for (int i = 0; i < number; i++) {
            firsts[i] = read(way, lagsOfOne);
            System.arraycopy(lagsOfOne, 0, lags, i * timed, timed);
        }
        double bytes = Allocation.soFar() - allocated;
        way.requireDone(1 + number);
        Arrays.sort(firsts);
        Arrays.sort(lags);
        return Map.of(
                Figure.FIRST_EVENT_MILLIS, firsts[firsts.length / 2] / 1e6,
                Figure.LAG_MEDIAN_MICROS, lags[lags.length / 2] / 1e3,
                Figure.LAG_99_MICROS, lags[lags.length * 99 / 100] / 1e3,
                Figure.EVENT_BYTES, bytes / number / events);
    }

    /** Reads a stream, notes how late its first events come, and returns how long it took until there was one. */
    private long read(Way way, long[] lags) throws IOException {
        long asked = System.nanoTime();
        long first = 0;
        int come = 0;
        try (Response response = way.send(Payload.STREAM)) {
            BufferedSource body = response.body().source();
            for (String line = body.readUtf8Line(); line != null; line = body.readUtf8Line()) {
                if (line.isEmpty()) {
                    continue;
                }
                long now = System.nanoTime();
                if (come == 0) {
                    first = now - asked;
                }
                if (come < lags.length) {
                    lags[come] = now - sentAt(line);
                }
                come++;
            }
        }
        if (come != events) {
            throw new IOException(come + " events came in place of " + events);
        }
        return first;
    }

    private static long sentAt(String line) {
        int at = line.indexOf(Payload.SENT_AT) + Payload.SENT_AT.length();
        long time = 0;
        for (int i = at; i < at + Payload.TIME_DIGITS; i++) {
            time = 10 * time + line.charAt(i) - '0';
        }
        return time;
    }
}
