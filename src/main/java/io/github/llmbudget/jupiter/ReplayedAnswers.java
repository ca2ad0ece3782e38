package io.github.llmbudget.jupiter;

import io.github.llmbudget.cassette.Cassette;
import io.github.llmbudget.cassette.Playback;
import io.github.llmbudget.cassette.UnusedExchange;
import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.TestCalls;
import io.github.llmbudget.endpoint.TestEndpoint;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cassette of the test answers. */
final class ReplayedAnswers implements Answers {

    /** What is written for the keys of endpoints, which are others in each run. */
    private static final String PLACEHOLDER_KEY = "sk-llm-budget";

    private final TestCassette cassette;
    private final Cassette recorded;
    private final String remedy;
    private @Nullable Playback playback;

    /**
     * Lets a cassette answer.
     *
     * @param cassette where it is
     * @param recorded what it holds
     * @param remedy what to do about a request that it does not hold
     */
    ReplayedAnswers(TestCassette cassette, Cassette recorded, String remedy) {
        this.cassette = cassette;
        this.recorded = recorded;
        this.remedy = remedy;
    }

    /** Returns what is written, and compared, for texts that differ from run to run. */
    static Map<String, String> substitutions(String key) {
        return Map.of(key, PLACEHOLDER_KEY, LlmEndpoint.shared().apiKey(), PLACEHOLDER_KEY);
    }

    @Override
    public TestEndpoint open(EndpointServer server, TestCalls calls) {
        return server.openReplay(calls, this::playback, recorded.upstream(), cassette.recordedTiming());
    }

    private Playback playback(String key) {
        Playback answers = new Playback(recorded, cassette.rules(), substitutions(key));
        playback = answers;
        return answers;
    }

    @Override
    public List<Throwable> failures() {
        return playback == null || playback.misses().isEmpty()
                ? List.of()
                : List.of(new CassetteMissError(cassette.location(), playback.misses(), remedy));
    }

    /** A test that asks for less than it did is cheaper than it was, and need not fail for that. */
    @Override
    public List<Throwable> end(boolean wentWrong, boolean hasFailed) {
        List<UnusedExchange> unused = playback == null || hasFailed ? List.of() : playback.unused();
        if (!unused.isEmpty()) {
            System.getLogger(ReplayedAnswers.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            unused.stream()
                                    .map(exchange -> "\n  " + exchange.describe())
                                    .collect(Collectors.joining(
                                            "",
                                            "The LLM cassette " + cassette.location() + " holds "
                                                    + (unused.size() == 1
                                                            ? "an exchange"
                                                            : unused.size() + " exchanges")
                                                    + " that its test did not ask for. Recording it anew drops them.",
                                            "")));
        }
        return List.of();
    }
}
