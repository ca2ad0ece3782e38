package io.github.llmbudget.cassette;

import io.github.llmbudget.wire.HttpExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Takes the exchanges of one test as they pass. Safe for use by many threads: each exchange by the thread that carries it,
 * and {@link #cassette} by any, at any time.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Recording {

    /** A conversation comes out in its order, for each of its requests repeats the one before. */
    private static final Comparator<Written> BY_REQUEST = Comparator.comparing((Written one) -> one.text.line())
            .thenComparingInt(one -> one.text.body().length())
            .thenComparing(one -> one.text.body());

    private final List<Exchange> exchanges = new ArrayList<>();

    /** Creates a recording of nothing yet. */
    public Recording() {}

    /**
     * Begins an exchange.
     *
     * @param request the request as it goes to the service
     * @return takes the answer
     */
    public Exchange begin(HttpExchange.Request request) {
        Exchange exchange = new Exchange(request);
        synchronized (exchanges) {
            exchanges.add(exchange);
        }
        return exchange;
    }

    /**
     * Makes a cassette of what was recorded so far. What is still running counts as cut, and what was never answered is
     * left out. The exchanges of a test that calls in parallel are sorted by their requests, the shorter first, so that it
     * gives the same cassette each time; those of any other are in the order in which they were made.
     *
     * @param test the unique name of the test
     * @param upstream the host of the service, {@code null} if it has none
     * @param rules what the test declares
     * @param substitutions what is written instead of texts that differ from run to run
     * @return the cassette
     */
    public Cassette cassette(
            String test, @Nullable String upstream, CassetteRules rules, Map<String, String> substitutions) {
        Substitutions substituted = new Substitutions(substitutions);
        ComparisonText.Maker texts = new ComparisonText.Maker(rules, substituted);
        CassetteRedaction redaction = new CassetteRedaction(rules.redaction(), substituted);
        List<Taken> taken;
        synchronized (exchanges) {
            taken = exchanges.stream()
                    .map(Exchange::taken)
                    .filter(Objects::nonNull)
                    .toList();
        }
        List<Taken> inTime = taken.stream()
                .sorted((one, other) -> Long.compare(one.began - other.began, 0))
                .toList();
        Stream<Written> written =
                inTime.stream().map(one -> new Written(redaction.in(one.exchange), texts.of(one.exchange.request())));
        return new Cassette(
                test,
                upstream,
                (isParallel(inTime) ? written.sorted(BY_REQUEST) : written)
                        .map(Written::exchange)
                        .toList());
    }

    /** Tells whether any exchange began before the client had the answer of another. */
    private static boolean isParallel(List<Taken> inTime) {
        long answered = inTime.isEmpty() ? 0 : inTime.get(0).began;
        for (Taken one : inTime) {
            if (one.began - answered < 0) {
                return true;
            }
            answered = one.answered - answered > 0 ? one.answered : answered;
        }
        return false;
    }

    /** An exchange that was answered. What the client may have waited for is the last of what came. */
    private record Taken(long began, long answered, RecordedExchange exchange) {}

    private record Written(RecordedExchange exchange, ComparisonText text) {}

    /** One exchange as it passes. */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public static final class Exchange {

        private final HttpExchange.Request request;
        private final Instant begun = Instant.now();
        private final long began = System.nanoTime();
        private final List<RecordedAnswer.Chunk> chunks = new ArrayList<>();
        private HttpExchange.@Nullable Response head;
        private long lastCame;
        private boolean over;
        private boolean cut;

        private Exchange(HttpExchange.Request request) {
            this.request = request;
        }

        /**
         * Takes the head of the answer.
         *
         * @param response status and headers
         */
        public synchronized void answered(HttpExchange.Response response) {
            head = response;
            lastCame = System.nanoTime();
        }

        /**
         * Takes the next bytes of the answer. They are copied, and nothing else is done.
         *
         * @param buffer holds the bytes at its beginning
         * @param offset where they begin
         * @param length how many they are
         */
        public void passed(byte[] buffer, int offset, int length) {
            long now = System.nanoTime();
            byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
            synchronized (this) {
                lastCame = now;
                chunks.add(new RecordedAnswer.Chunk(Duration.ofNanos(now - began), bytes));
            }
        }

        /**
         * Ends the answer. What is said after the first time does not count.
         *
         * @param broken whether it ended before its end
         */
        public synchronized void ended(boolean broken) {
            if (!over) {
                over = true;
                cut = broken;
            }
        }

        private synchronized @Nullable Taken taken() {
            if (head == null) {
                return null;
            }
            RecordedAnswer answer =
                    new RecordedAnswer(head.status(), AnswerHeaders.kept(head.headers()), chunks, cut || !over);
            return new Taken(began, lastCame, new RecordedExchange(begun, RecordedRequest.of(request), answer));
        }
    }
}
