package io.github.llmbudget.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimultaneousTests {

    private record Span(Instant start, Instant end) {

        static Span of(int start, int end) {
            return new Span(Instant.ofEpochSecond(start), Instant.ofEpochSecond(end));
        }
    }

    private static List<Span> latest(List<Span> spans) {
        return Simultaneous.latest(spans, Span::start, Span::end);
    }

    @Test
    void leavesOutWhatWasOverBeforeTheOthersStarted() {
        assertThat(latest(List.of(Span.of(20, 30), Span.of(0, 9), Span.of(10, 25))))
                .containsExactly(Span.of(10, 25), Span.of(20, 30));
    }

    @Test
    void keepsWhatWasShortBesideSomethingLong() {
        assertThat(latest(List.of(Span.of(0, 100), Span.of(1, 2), Span.of(50, 60))))
                .containsExactly(Span.of(0, 100), Span.of(1, 2), Span.of(50, 60));
    }

    @Test
    void takesWhatStartedInTheVeryMomentOfAnEndForSimultaneous() {
        assertThat(latest(List.of(Span.of(0, 5), Span.of(5, 6)))).hasSize(2);
    }

    @Test
    void followsALongChainInNoTime() {
        List<Span> chain = new ArrayList<>();
        for (int at = 0; at < 100_000; at++) {
            chain.add(Span.of(at, at + 1));
        }
        Collections.shuffle(chain, new Random(1));

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> latest(chain)))
                .hasSameSizeAs(chain);
    }
}
