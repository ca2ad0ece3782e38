package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failed;
import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.testing.ChatService;
import io.github.llmbudget.testing.Golden;
import io.github.llmbudget.testing.JupiterRun;
import io.github.llmbudget.testing.LocalUpstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same streams from a service that reports usage, and from one that does not. */
class EstimateTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsTheSameLimitsWhetherTheServiceReportsUsageOrNot(boolean reportsStreams) {
        try (LocalUpstream upstream = LocalUpstream.plain(new ChatService(reportsStreams))) {
            assertThat(failed(live(upstream).execute(EstimateTestCases.AtOnce.class)))
                    .containsExactlyInAnyOrder("oneTokenOver(LlmEndpoint)", "aBillionthOver(LlmEndpoint)");
        }
    }

    @Test
    void failsOnWhatIsCountedInPartOnlyIfTheLeastIsTooMuch() {
        try (LocalUpstream upstream = LocalUpstream.plain(new ChatService(false))) {
            assertThat(failed(live(upstream).execute(EstimateTestCases.Reasoning.class)))
                    .containsExactly("atLeastOneTokenOver(LlmEndpoint)");
        }
    }

    @Test
    void failsOnHiddenReasoningThatIsReported() {
        try (LocalUpstream upstream = LocalUpstream.plain(new ChatService(true))) {
            assertThat(failed(live(upstream).execute(EstimateTestCases.Reasoning.class)))
                    .hasSize(2);
        }
    }

    @Test
    void refusesWhateverIsNotReportedWhenToldTo() {
        try (LocalUpstream upstream = LocalUpstream.plain(new ChatService(false))) {
            JupiterRun strict = live(upstream).with(Configuration.MISSING_USAGE, "fail");

            List<Throwable> failures =
                    failures(strict.execute(EstimateTestCases.AtOnce.class, EstimateTestCases.Reasoning.class));

            assertThat(failures).hasSize(5);
            assertThat(failures)
                    .extracting(Throwable::getMessage)
                    .anyMatch(message -> message.startsWith("LLM budget cannot be checked: call 1 has no reported token"
                            + " counts (counted in part with o200k_base: the stream ended without usage; hidden"
                            + " reasoning is not in the count (reasoning-hidden)), so nobody can say that @MaxTokens(21)"
                            + " was held\n"));
        }
    }

    @Test
    void explainsWhatIsCountedInPart() {
        try (LocalUpstream upstream = LocalUpstream.plain(new ChatService(false))) {
            Optional<Throwable> failure = failures(live(upstream).execute(EstimateTestCases.Reasoning.class)).stream()
                    .findFirst();

            Golden.assertMatches(
                    failure.orElseThrow()
                            .getMessage()
                            .replaceAll("built-in list of .*", "<list>")
                            .replace(directory.toString(), "<directory>"),
                    "budget-counted-in-part.txt");
        }
    }

    @Test
    void givesATestACounterOfItsOwn() {
        JupiterRun run = new JupiterRun(directory);

        assertThat(failures(
                        run.execute(EstimateTestCases.Counting.class, EstimateTestCases.CountingFromTheStart.class)))
                .isEmpty();
    }

    private JupiterRun live(LocalUpstream upstream) {
        return new JupiterRun(directory)
                .with(Configuration.MODE, "live")
                .with(Configuration.UPSTREAM, upstream.baseUrl());
    }
}
