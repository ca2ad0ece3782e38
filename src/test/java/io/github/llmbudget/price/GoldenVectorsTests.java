package io.github.llmbudget.price;

import static io.github.llmbudget.price.PriceCalls.BUILT_IN;
import static io.github.llmbudget.price.PriceCalls.asOf;
import static io.github.llmbudget.price.PriceCalls.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Costs that were worked out by hand, to the last digit. */
class GoldenVectorsTests {

    @ParameterizedTest
    @CsvSource({
        "gpt-3.5-turbo-instruct, 4, 14, 0.000034",
        "gpt-3.5-turbo-instruct, 12, 38, 0.000094",
        "gpt-3.5-turbo-instruct, 4, 18, 0.000042",
        "gpt-3.5-turbo-instruct, 12, 36, 0.00009",
        "o3, 1000, 1000, 0.010",
        "gpt-4o, 1000000, 1000000, 12.50",
        "text-embedding-3-small, 96, 0, 0.00000192"
    })
    void inputAndOutput(String model, long input, long output, BigDecimal usd) {
        assertExactly(BUILT_IN, call(model, input, output), usd);
    }

    @Test
    void cachedInputIsAPartOfTheInput() {
        assertExactly(
                BUILT_IN, call("gpt-4o", new TokenCounts(2006, 1920, 0, 0, 300, 0, 0)), new BigDecimal("0.005615"));
    }

    @ParameterizedTest
    @CsvSource({"271999, 1.107996", "272000, 1.108", "272001, 2.206008"})
    void theWholeRequestIsLongAboveTheStepNotAtIt(long input, BigDecimal usd) {
        assertExactly(asOf("2026-09-01"), call("gpt-5.6-sol", input, 1000), usd);
    }

    @Test
    void readsAndWritesOfTheCacheAreApart() {
        assertExactly(
                asOf("2026-08-01"),
                call("gpt-5.6-terra", new TokenCounts(1000, 200, 300, 0, 100, 0, 0)),
                new BigDecimal("0.00299"));
    }

    @Test
    void aWriteWithoutAPriceIsInput() {
        assertExactly(BUILT_IN, call("gpt-4o", new TokenCounts(1000, 0, 500, 0, 0, 0, 0)), new BigDecimal("0.0025"));
    }

    @Test
    void theSmallestAmountIsExact() {
        LlmCall call = call("gpt-5-nano", new TokenCounts(1, 1, 0, 0, 0, 0, 0)).toBuilder()
                .serviceTier("flex")
                .build();

        assertExactly(BUILT_IN, call, new BigDecimal("0.0000000025"));
    }

    @Test
    void audioHasItsOwnPrice() {
        assertExactly(
                BUILT_IN,
                call("gpt-4o-audio-preview", new TokenCounts(1000, 0, 0, 1000, 1000, 0, 1000)),
                new BigDecimal("0.12"));
    }

    @Test
    void anthropicsWritesAndReads() {
        // 5 + 128,955 + 1,253 tokens of input; the writes are kept for five minutes.
        assertExactly(
                BUILT_IN,
                call("claude-sonnet-4-6", new TokenCounts(130_213, 128_955, 1_253, 0, 0, 0, 0)),
                new BigDecimal("0.0434002500"));
    }

    @Test
    void predictedOutputIsOutputAlreadyCounted() {
        assertExactly(BUILT_IN, call("gpt-4o", 0, 100), new BigDecimal("0.001"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-12T02:00:00Z, 0.22",
        "2026-09-14T02:00:00Z, 0.44",
        "2026-09-14T00:59:59Z, 0.22",
        "2026-09-14T01:00:00Z, 0.44",
        "2026-09-14T03:59:59Z, 0.44",
        "2026-09-14T04:00:00Z, 0.22",
        "2026-09-14T06:00:00Z, 0.44",
        "2026-09-14T10:00:00Z, 0.22",
        "2026-09-13T23:00:00Z, 0.22",
        "2026-09-18T09:59:59Z, 0.44"
    })
    void thePriceFollowsTheHourAndTheWeekdayOfTheService(Instant time, BigDecimal usd) {
        LlmCall call = call("deepseek-v4-flash", 1_000_000, 0);
        LlmCall timed = call.toBuilder()
                .timing(new CallTiming(time, null, null, Duration.ZERO))
                .build();

        assertExactly(asOf("2026-09-12"), timed, usd);
        assertExactly(PriceCatalog.builder().asOf(time).build(), call, usd);
    }

    @Test
    void tenSmallAmountsAddUp() {
        Cost one = BUILT_IN.costOf(call("gpt-3.5-turbo-instruct", 4, 14));

        assertThat(Cost.sum(Collections.nCopies(10, one)).usd()).isEqualByComparingTo("0.00034");
    }

    private static void assertExactly(PriceCatalog prices, LlmCall call, BigDecimal usd) {
        Cost cost = prices.costOf(call);

        assertThat(cost.usd()).isEqualByComparingTo(usd);
        assertThat(cost.exactness()).isEqualTo(Cost.Exactness.EXACT);
        assertThat(cost.lines().stream().map(PriceLine::usd).reduce(BigDecimal.ZERO, BigDecimal::add))
                .as("the lines by which it can be checked by hand")
                .isEqualByComparingTo(usd);
    }
}
