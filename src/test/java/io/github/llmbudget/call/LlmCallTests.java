package io.github.llmbudget.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmCallTests {

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, gpt-4o-2024-08-06, gpt-4o-2024-08-06",
        "gpt-4o, , gpt-4o",
        ", gpt-4o-2024-08-06, gpt-4o-2024-08-06",
        ", , "
    })
    void isPricedByTheAnsweredModelElseByTheRequestedOne(String requested, String answered, String model) {
        LlmCall call =
                LlmCall.of(Operation.CHAT, requested).answeredModel(answered).build();

        assertThat(call.model()).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, COMPLETE, true",
        "UNKNOWN, CUT, true",
        "UNKNOWN, UNFINISHED, true",
        "UNKNOWN, FAILED, false",
        "ESTIMATED, COMPLETE, false",
        "ESTIMATED, CUT, false",
        "REPORTED, COMPLETE, false",
        "REPORTED, FAILED, false"
    })
    void isUncountedWhenNobodyCountedUnlessItFailed(CountSource source, CallStatus status, boolean uncounted) {
        LlmCall call = LlmCall.of(Operation.CHAT, "gpt-4o")
                .tokens(TokenCounts.NONE, source)
                .status(status, 200)
                .build();

        assertThat(call.isUncounted()).isEqualTo(uncounted);
    }

    @Test
    void isCountedWhereItIsAModerationWithoutTokens() {
        assertThat(LlmCall.of(Operation.MODERATIONS, "omni-moderation-latest")
                        .build()
                        .isUncounted())
                .isFalse();
    }

    @Test
    void beginsAsACompleteMockedCallOfTheCodeUnderTestWithoutCounts() {
        LlmCall call =
                LlmCall.of(Operation.EMBEDDINGS, "text-embedding-3-small").build();

        assertThat(call)
                .isEqualTo(new LlmCall(
                        Operation.EMBEDDINGS,
                        null,
                        "text-embedding-3-small",
                        null,
                        null,
                        null,
                        false,
                        CallStatus.COMPLETE,
                        200,
                        TokenCounts.NONE,
                        CountSource.UNKNOWN,
                        null,
                        null,
                        null,
                        null,
                        Map.of(),
                        null,
                        null,
                        Map.of(),
                        List.of(),
                        null,
                        null,
                        Origin.MOCK,
                        Role.SUBJECT,
                        null,
                        CallTiming.UNKNOWN));
    }

    @Test
    void keepsEveryValueThroughItsBuilder() {
        LlmCall call = new LlmCall(
                Operation.RESPONSES,
                "openai",
                "o3",
                "o3-2025-04-16",
                "flex",
                "eu",
                true,
                CallStatus.CUT,
                206,
                new TokenCounts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
                CountSource.ESTIMATED,
                "estimated",
                new TokenEstimate(2, 1, Set.of(EstimateReason.FILE)),
                new TokenEstimate(3, 3, Set.of()),
                new BigDecimal("0.01"),
                Map.of("web_search", 2L),
                Duration.ofSeconds(37),
                120L,
                Map.of("hd 1024x1024", 3L),
                List.of("odd"),
                "resp_1",
                "00ff",
                Origin.LIVE,
                Role.JUDGE,
                "grading",
                new CallTiming(
                        Instant.parse("2026-11-24T00:00:00Z"),
                        Duration.ofMillis(3),
                        Duration.ofMillis(9),
                        Duration.ofSeconds(2)));

        assertThat(call.toBuilder().build()).isEqualTo(call).hasNoNullFieldsOrProperties();
    }

    @Test
    @SuppressWarnings("NullAway")
    void needsAnOperation() {
        assertThatNullPointerException()
                .isThrownBy(() -> LlmCall.of(null, "gpt-4o"))
                .withMessage("operation");
    }

    @Test
    void knowsWhichSideWasCountedHereAndWhichInPart() {
        TokenEstimate known = new TokenEstimate(9, 9, Set.of());
        TokenEstimate partial = new TokenEstimate(9, 9, Set.of(EstimateReason.REASONING_HIDDEN));

        assertThat(sides(CountSource.REPORTED, null, null)).containsOnly(false);
        assertThat(sides(CountSource.ESTIMATED, null, null)).containsExactly(true, true, false, false);
        assertThat(sides(CountSource.ESTIMATED, null, known)).containsExactly(false, true, false, false);
        assertThat(sides(CountSource.PARTIAL, known, partial)).containsExactly(true, true, false, true);
        assertThat(sides(CountSource.PARTIAL, partial, null)).containsExactly(true, false, true, false);
        assertThat(sides(CountSource.PARTIAL, null, null)).containsExactly(false, false, true, true);
    }

    private static List<Boolean> sides(
            CountSource source, @Nullable TokenEstimate input, @Nullable TokenEstimate output) {
        LlmCall call = LlmCall.of(Operation.CHAT, "o3")
                .tokens(TokenCounts.of(9, 9), source)
                .estimates(input, output)
                .build();
        return List.of(call.isInputEstimated(), call.isOutputEstimated(), call.isInputInPart(), call.isOutputInPart());
    }
}
