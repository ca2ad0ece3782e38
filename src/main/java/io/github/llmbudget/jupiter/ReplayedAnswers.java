package io.github.llmbudget.jupiter;

import io.github.llmbudget.cassette.Cassette;
import io.github.llmbudget.cassette.Playback;
import io.github.llmbudget.cassette.UnusedExchange;
import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.endpoint.TestCalls;
import io.github.llmbudget.endpoint.TestEndpoint;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cassette of the test answers. */
final class ReplayedAnswers implements Answers {

    private static final System.Logger LOG = System.getLogger(ReplayedAnswers.class.getName());

    private final TestCassette cassette;
    private final Cassette recorded;
    private @Nullable Playback playback;

    ReplayedAnswers(TestCassette cassette, Cassette recorded) {
        this.cassette = cassette;
        this.recorded = recorded;
    }

    @Override
    public TestEndpoint open(EndpointServer server, TestCalls calls) {
        return server.openReplay(calls, this::playback, recorded.upstream(), cassette.recordedTiming());
    }

    private Playback playback(String key) {
        Playback answers = new Playback(recorded, cassette.rules(), Map.of(key, RecordedAnswers.PLACEHOLDER_KEY));
        playback = answers;
        return answers;
    }

    @Override
    public List<Throwable> failures() {
        return playback == null || playback.misses().isEmpty()
                ? List.of()
                : List.of(new CassetteMissError(cassette.location(), playback.misses()));
    }

    /** A test that asks for less than it did is cheaper than it was, and need not fail for that. */
    @Override
    public List<Throwable> end(boolean hasThrown, boolean hasFailed) {
        List<UnusedExchange> unused = playback == null || hasFailed ? List.of() : playback.unused();
        if (!unused.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    unused.stream()
                            .map(exchange -> "\n  " + exchange.describe())
                            .collect(Collectors.joining(
                                    "",
                                    "The LLM cassette " + cassette.location() + " holds "
                                            + (unused.size() == 1 ? "an exchange" : unused.size() + " exchanges")
                                            + " that its test did not ask for. Recording it anew drops them.",
                                    "")));
        }
        return List.of();
    }
}
