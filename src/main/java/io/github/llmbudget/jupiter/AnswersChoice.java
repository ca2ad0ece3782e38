package io.github.llmbudget.jupiter;

import io.github.llmbudget.cassette.Cassette;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.endpoint.Mode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides who answers the calls of a test: as the test pins it, else as the run is configured, else as its cassette says,
 * else its script.
 */
final class AnswersChoice {

    private static final String ELSEWHERE = "Record it on a machine of your own, and commit it.";

    private final Configuration configuration;
    private final Optional<Mode> pinned;
    private final Optional<Mode> asked;
    private final Optional<TestCassette> declared;

    AnswersChoice(Configuration configuration, Terms terms) {
        this.configuration = configuration;
        this.declared = terms.cassette();
        Optional<Mode> configured = configuration.choice(Configuration.MODE, Mode.class);
        this.pinned = terms.pinnedMode();
        this.asked = pinned.or(() -> configured);
        if (pinned.filter(AnswersChoice::goesOut).isPresent()
                && configured.filter(mode -> !goesOut(mode)).isPresent()) {
            throw new ConfigurationException(
                    "@LlmBudget(mode = " + pinned.get() + ") pins a test that calls the service, and "
                            + Configuration.MODE + "=" + name(configured.get())
                            + " lets no call leave this machine. Leave the test out of this run.");
        }
    }

    /**
     * Returns who answers.
     *
     * @throws ConfigurationException if nobody can
     */
    Answers make() {
        return declared.isEmpty() ? withoutCassette() : with(declared.get());
    }

    /** A test that has no cassette is neither recorded nor replayed: whoever records all cassettes anew does not mean it. */
    private Answers withoutCassette() {
        Mode mode = asked.orElse(Mode.MOCK);
        if (pinned.filter(AnswersChoice::needsCassette).isPresent()) {
            throw new ConfigurationException("@LlmBudget(mode = " + mode
                    + ") is for tests with a cassette. Annotate this one with @LlmCassette as well.");
        }
        return switch (mode) {
            case LIVE -> live();
            case MOCK -> new ScriptedAnswers("");
            case RECORD, REPLAY ->
                new ScriptedAnswers(
                        "The mode is " + name(mode) + ", but this test has no @LlmCassette, so its script answers.");
        };
    }

    private static boolean goesOut(Mode mode) {
        return mode == Mode.LIVE || mode == Mode.RECORD;
    }

    private static boolean needsCassette(Mode mode) {
        return mode == Mode.RECORD || mode == Mode.REPLAY;
    }

    private Answers with(TestCassette cassette) {
        Mode mode = asked.orElseGet(() -> usual(cassette));
        return switch (mode) {
            case LIVE -> live();
            case MOCK -> new ScriptedAnswers("The mode is mock, so the cassette of this test is not used.");
            case RECORD -> recorded(cassette);
            case REPLAY -> replayed(cassette);
        };
    }

    private Mode usual(TestCassette cassette) {
        return switch (cassette.mode()) {
            case AUTO -> cassette.exists() || configuration.isContinuousIntegration() ? Mode.REPLAY : Mode.RECORD;
            case REPLAY -> Mode.REPLAY;
            case RECORD -> Mode.RECORD;
            case LIVE -> Mode.LIVE;
        };
    }

    private Answers live() {
        return new LiveAnswers(ConfiguredUpstream.of(configuration, "The mode is live"));
    }

    private Answers recorded(TestCassette cassette) {
        if (configuration.isContinuousIntegration()) {
            throw new ConfigurationException("The LLM cassette " + cassette.location()
                    + " is to be recorded, and where CI is set nothing is. " + ELSEWHERE);
        }
        cassette.requireOwn();
        return new RecordedAnswers(
                cassette,
                ConfiguredUpstream.of(configuration, "The LLM cassette " + cassette.location() + " is to be recorded"));
    }

    /** A test that makes no calls has no cassette, and needs none; any other fails with its first call. */
    private Answers replayed(TestCassette cassette) {
        Optional<Cassette> recorded = cassette.read();
        if (recorded.isPresent()) {
            return new ReplayedAnswers(
                    cassette,
                    recorded.get(),
                    "Record it anew with " + Configuration.MODE
                            + "=record if the test is right, or name what may differ in @LlmCassette(ignore = ...).");
        }
        String remedy = configuration.isContinuousIntegration()
                ? "There is no such file, and where CI is set nothing is recorded. " + ELSEWHERE
                : "There is no such file. Record it with " + Configuration.MODE + "=record, and commit it.";
        return new ReplayedAnswers(cassette, new Cassette(cassette.owner(), null, List.of()), remedy);
    }

    private static String name(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
