package io.github.llmbudget.cassette;

import io.github.llmbudget.wire.HttpExchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * Answers requests from a cassette. A request that was recorded several times is answered so many times, in that order.
 * Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Playback {

    private final List<RecordedExchange> exchanges;
    private final ComparisonText.Maker texts;

    /** The exchanges so far, by their requests. Filled in their order as requests ask for more: most tests ask in it. */
    private final Map<ComparisonText, Sequence> sequences = new HashMap<>();

    private final List<ComparisonText> recorded = new ArrayList<>();
    private final NearestRequests nearest = new NearestRequests(recorded);
    private final List<CassetteMiss> misses = new ArrayList<>();
    private final boolean[] used;

    /**
     * Creates a playback.
     *
     * @param cassette what was recorded
     * @param rules what the test declares
     */
    public Playback(Cassette cassette, CassetteRules rules) {
        this(cassette, rules, Map.of());
    }

    /**
     * Creates a playback.
     *
     * @param cassette what was recorded
     * @param rules what the test declares
     * @param substitutions what is compared instead of texts that differ from run to run
     */
    public Playback(Cassette cassette, CassetteRules rules, Map<String, String> substitutions) {
        this.exchanges = cassette.exchanges();
        this.texts = new ComparisonText.Maker(rules, new Substitutions(substitutions));
        this.used = new boolean[exchanges.size()];
    }

    /**
     * Takes the exchange that was recorded of a request, if one is left. If none is, that is noted.
     *
     * @param request the request as it goes to the service
     * @return the exchange
     */
    public Optional<RecordedExchange> take(HttpExchange.Request request) {
        ComparisonText text = texts.of(RecordedRequest.of(request));
        synchronized (this) {
            Sequence sequence = sequences.computeIfAbsent(text, asked -> new Sequence());
            while (sequence.isUsedUp() && recorded.size() < exchanges.size()) {
                index();
            }
            sequence.asked++;
            if (sequence.isUsedUp()) {
                misses.add(new CassetteMiss(text, sequence.numbers.size(), sequence.asked, nearest));
                return Optional.empty();
            }
            int taken = sequence.numbers.get(sequence.next++);
            used[taken] = true;
            return Optional.of(exchanges.get(taken));
        }
    }

    private void index() {
        int number = recorded.size();
        ComparisonText text = texts.of(exchanges.get(number).request());
        recorded.add(text);
        sequences.computeIfAbsent(text, known -> new Sequence()).numbers.add(number);
    }

    /**
     * Returns the requests that found no answer.
     *
     * @return the requests, in the order in which they came
     */
    public synchronized List<CassetteMiss> misses() {
        return List.copyOf(misses);
    }

    /**
     * Returns the exchanges that nobody asked for.
     *
     * @return the exchanges, in the order of the cassette
     */
    public synchronized List<UnusedExchange> unused() {
        return IntStream.range(0, used.length)
                .filter(index -> !used[index])
                .mapToObj(index -> new UnusedExchange(
                        index + 1, texts.of(exchanges.get(index).request()).name()))
                .toList();
    }

    /** The exchanges of one request. */
    private static final class Sequence {

        private final List<Integer> numbers = new ArrayList<>(1);
        private int next;
        private int asked;

        boolean isUsedUp() {
            return next == numbers.size();
        }
    }
}
