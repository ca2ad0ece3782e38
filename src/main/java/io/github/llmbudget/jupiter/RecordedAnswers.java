package io.github.llmbudget.jupiter;

import io.github.llmbudget.cassette.Cassette;
import io.github.llmbudget.cassette.Recording;
import io.github.llmbudget.cassette.SecretFoundException;
import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.endpoint.TestCalls;
import io.github.llmbudget.endpoint.TestEndpoint;
import io.github.llmbudget.endpoint.UpstreamTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The real service answers, and what both say is kept. */
final class RecordedAnswers implements Answers {

    private final TestCassette cassette;
    private final UpstreamTarget target;
    private final Recording recording = new Recording();
    private @Nullable TestEndpoint endpoint;

    RecordedAnswers(TestCassette cassette, UpstreamTarget target) {
        this.cassette = cassette;
        this.target = target;
    }

    @Override
    public TestEndpoint open(EndpointServer server, TestCalls calls) {
        TestEndpoint opened = server.openRecording(calls, target, recording);
        endpoint = opened;
        return opened;
    }

    @Override
    public List<Throwable> failures() {
        return List.of();
    }

    /** A conversation with which the test did not pass is not one to be repeated. */
    @Override
    public List<Throwable> end(boolean wentWrong, boolean hasFailed) {
        Cassette recorded = recording.cassette(cassette.owner(), target.host(), cassette.rules(), substitutions());
        if (recorded.exchanges().isEmpty() && !cassette.exists()) {
            return List.of();
        }
        if (wentWrong) {
            System.getLogger(RecordedAnswers.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The LLM cassette " + cassette.location()
                                    + (cassette.exists() ? " stays as it was" : " is not written")
                                    + ": its test did not pass.");
            return List.of();
        }
        try {
            cassette.store().write(cassette.name(), recorded, cassette.rules(), secrets());
        } catch (IOException e) {
            return List.of(new UncheckedIOException(
                    "The LLM cassette " + cassette.location() + " cannot be written: " + e, e));
        } catch (SecretFoundException e) {
            return List.of(new CassetteSecretError(cassette.location(), e));
        }
        System.getLogger(RecordedAnswers.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "Recorded the LLM cassette " + cassette.location() + ": "
                                + recorded.exchanges().size()
                                + (recorded.exchanges().size() == 1 ? " exchange" : " exchanges"));
        return List.of();
    }

    private Map<String, String> substitutions() {
        return endpoint == null ? Map.of() : ReplayedAnswers.substitutions(endpoint.apiKey());
    }

    private Set<String> secrets() {
        return target.apiKey() == null ? Set.of() : Set.of(target.apiKey());
    }
}
