package io.github.llmbudget.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceCatalogTests {

    private static final PriceCatalog BUILT_IN = PriceCatalog.builtIn();

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
    void pricesInputAndOutputToTheLastDigit(String model, long input, long output, BigDecimal usd) {
        Cost cost = BUILT_IN.costOf(call(model, TokenCounts.of(input, output)));

        assertThat(cost.usd()).isEqualByComparingTo(usd);
        assertThat(cost.exactness()).isEqualTo(Cost.Exactness.EXACT);
    }

    @Test
    void countsCachedInputOnceAndAtItsOwnPrice() {
        assertUsd("gpt-4o", new TokenCounts(2006, 1920, 0, 0, 300, 0, 0), "0.005615");
    }

    @Test
    void takesCacheWritesWithoutAPriceForOrdinaryInput() {
        assertUsd("gpt-4o", new TokenCounts(1000, 0, 500, 0, 0, 0, 0), "0.0025");
    }

    @Test
    void takesCachedInputWithoutAPriceForOrdinaryInput() {
        assertUsd("gpt-3.5-turbo-instruct", new TokenCounts(1000, 400, 0, 0, 0, 0, 0), "0.0015");
    }

    @Test
    void pricesAudioAtItsOwnPriceNeverAtThatOfText() {
        assertUsd("gpt-4o-audio-preview", new TokenCounts(1000, 0, 0, 1000, 1000, 0, 1000), "0.12");

        Cost withoutAudioPrice = BUILT_IN.costOf(call("gpt-4o", new TokenCounts(1000, 0, 0, 400, 0, 0, 0)));
        assertThat(withoutAudioPrice.usd()).isEqualByComparingTo("0.0015");
        assertThat(withoutAudioPrice.exactness()).isEqualTo(Cost.Exactness.PARTIAL);
    }

    @Test
    void countsReasoningAsOutputAlreadyCounted() {
        assertUsd("o3", new TokenCounts(0, 0, 0, 0, 100, 60, 0), "0.0008");
    }

    @Test
    void pricesReadsAndWritesOfTheCacheApart() {
        PriceCatalog august = asOf("2026-08-01");

        assertThat(august.costOf(call("gpt-5.6-terra", new TokenCounts(1000, 200, 300, 0, 100, 0, 0)))
                        .usd())
                .isEqualByComparingTo("0.00299");
    }

    @ParameterizedTest
    @CsvSource({"272000, 1000, 1.108", "272001, 1000, 2.206008"})
    void switchesTheWholeRequestAboveAStepNotAtIt(long input, long output, BigDecimal usd) {
        assertThat(asOf("2026-09-01")
                        .costOf(call("gpt-5.6-sol", TokenCounts.of(input, output)))
                        .usd())
                .isEqualByComparingTo(usd);
    }

    @Test
    void pricesTheSmallestAmountExactly() {
        LlmCall call = call("gpt-5-nano", new TokenCounts(1, 1, 0, 0, 0, 0, 0)).toBuilder()
                .serviceTier("flex")
                .build();

        assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.0000000025");
    }

    @Test
    void addsTenSmallAmountsExactly() {
        LlmCall call = call("gpt-3.5-turbo-instruct", TokenCounts.of(4, 14));

        assertThat(Cost.sum(Collections.nCopies(10, BUILT_IN.costOf(call))).usd())
                .isEqualByComparingTo("0.00034");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, gpt-4o",
        "GPT-4o, gpt-4o",
        "gpt-4o-2030-01-31, gpt-4o",
        "gpt-3.5-turbo-instruct:20230824-v2, gpt-3.5-turbo-instruct",
        "gpt-3.5-turbo-instruct:2023-08-24-v2, gpt-3.5-turbo-instruct",
        "davinci:2023-07-21-v2, davinci",
        "gpt-35-turbo, gpt-3.5-turbo",
        "gpt-35-turbo-2030-01-31, gpt-3.5-turbo",
        "gpt-4o-audio-preview, gpt-4o-audio-preview",
        "o3-pro, o3-pro",
        "o3-pro-2030-01-31, o3-pro"
    })
    void findsModelsByNameAliasAndDate(String name, String model) {
        assertThat(BUILT_IN.priceOf(name).orElseThrow().model()).isEqualTo(model);
    }

    @Test
    void prefersTheSnapshotsOwnPriceToThatOfItsModel() {
        // gpt-4o cost twice as much in May as from August on.
        assertThat(BUILT_IN.priceOf("gpt-4o-2024-05-13").orElseThrow().usdPerMillion(PriceComponent.INPUT, null, 0))
                .hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o-2024-99-99",
                "gpt-4o-2024-02-30",
                "gpt-4o-20240806",
                "gpt-4o-2024-08-06-preview",
                "gpt-4o-new",
                "gpt-4o2024-08-06",
                "my-gpt-4o",
                "o3-max",
                "o",
                "-2024-08-06",
                "",
                "gpt-4o ",
                "gpt-3.5-turbo-instruct:20239924-v2",
                "gpt-3.5-turbo-instruct:20230824",
                "some-local-model"
            })
    void knowsNoPriceForWhatMerelyLooksAlike(String name) {
        assertThat(BUILT_IN.priceOf(name)).isEmpty();

        Cost cost = BUILT_IN.costOf(call(name, TokenCounts.of(1000, 1000)));
        assertThat(cost).isEqualTo(Cost.UNKNOWN).hasToString("unpriced");
        assertThat(cost.isComplete()).isFalse();
    }

    @Test
    void knowsNoPriceForACallThatNamesNoModel() {
        LlmCall call = LlmCall.of(Operation.CHAT, null)
                .tokens(TokenCounts.of(1, 1), CountSource.REPORTED)
                .build();

        assertThat(BUILT_IN.costOf(call)).isEqualTo(Cost.UNKNOWN);
    }

    @Test
    void pricesByTheAnsweredModel() {
        LlmCall call = call("a-deployment", TokenCounts.of(1000, 0)).toBuilder()
                .answeredModel("gpt-4o-mini")
                .build();

        assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.00015");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scale", "a-tier-of-tomorrow"})
    void knowsNoPriceForAnUnknownServiceTier(String tier) {
        LlmCall call = call("gpt-4o", TokenCounts.of(10, 10)).toBuilder()
                .serviceTier(tier)
                .build();

        assertThat(BUILT_IN.costOf(call)).isEqualTo(Cost.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5-nano, default, 0.05",
        "gpt-5-nano, auto, 0.05",
        "gpt-5-nano, '', 0.05",
        "gpt-5-nano, , 0.05",
        "gpt-5-nano, flex, 0.025",
        "gpt-5-nano, FLEX, 0.025"
    })
    void pricesByTheTierThatServedTheCall(String model, String tier, BigDecimal usd) {
        LlmCall call = call(model, TokenCounts.of(1_000_000, 0)).toBuilder()
                .serviceTier(tier)
                .build();

        assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo(usd);
    }

    @Test
    void takesTheFastTierForThePriorityTier() {
        LlmCall priority = call("gpt-5", TokenCounts.of(1000, 1000)).toBuilder()
                .serviceTier("priority")
                .build();
        LlmCall fast = priority.toBuilder().serviceTier("fast").build();
        LlmCall standard = priority.toBuilder().serviceTier(null).build();

        assertThat(BUILT_IN.costOf(fast)).isEqualTo(BUILT_IN.costOf(priority));
        assertThat(BUILT_IN.costOf(fast).usd())
                .isGreaterThan(BUILT_IN.costOf(standard).usd());
    }

    @Test
    void tellsACallWithoutCountsFromOneThatUsedNothing() {
        LlmCall uncounted = LlmCall.of(Operation.CHAT, "gpt-4o").build();
        LlmCall failed = uncounted.toBuilder().status(CallStatus.FAILED, 429).build();
        LlmCall empty = call("nobody-knows", TokenCounts.NONE);

        assertThat(BUILT_IN.costOf(uncounted)).isEqualTo(Cost.UNKNOWN);
        assertThat(BUILT_IN.costOf(failed)).isEqualTo(Cost.NOTHING);
        assertThat(BUILT_IN.costOf(empty)).isEqualTo(Cost.NOTHING);
    }

    @Test
    void takesAModerationForFreeBecauseItIsListedSo() {
        LlmCall free = LlmCall.of(Operation.MODERATIONS, "omni-moderation-latest")
                .countNote("the answer came without usage")
                .build();
        LlmCall billed = free.toBuilder()
                .tokens(TokenCounts.of(10, 0), CountSource.REPORTED)
                .build();
        LlmCall unlisted = LlmCall.of(Operation.MODERATIONS, "moderation-of-tomorrow")
                .tokens(TokenCounts.of(10, 0), CountSource.REPORTED)
                .build();

        assertThat(BUILT_IN.costOf(unlisted)).isEqualTo(Cost.UNKNOWN);
        assertThat(BUILT_IN.costOf(free)).isEqualTo(Cost.NOTHING).hasToString("$0.00");
        assertThat(BUILT_IN.costOf(billed)).hasToString("$0.00");
    }

    @Test
    void marksTheCostOfEstimatedTokens() {
        LlmCall call = LlmCall.of(Operation.CHAT, "gpt-4o")
                .tokens(TokenCounts.of(1000, 0), CountSource.ESTIMATED)
                .build();

        assertThat(BUILT_IN.costOf(call)).hasToString("~$0.0025");
    }

    @ParameterizedTest
    @CsvSource({
        // input, cached, written, audio in | plain, cached, written, audio in as they are priced
        "10, 161, 0, 0,  10, 0, 0, 0, ESTIMATED",
        "81, 81, 0, 0,  0, 81, 0, 0, EXACT",
        "100, 60, 60, 0,  0, 40, 60, 0, ESTIMATED",
        "100, 0, 500, 0,  0, 0, 100, 0, ESTIMATED",
        "100, 50, 30, 40,  0, 30, 30, 40, ESTIMATED",
        "100, 0, 0, 101,  0, 0, 0, 100, ESTIMATED",
        "100, 200, 200, 200,  0, 0, 0, 100, ESTIMATED",
        "100, 20, 30, 40,  10, 20, 30, 40, EXACT",
        "0, 5, 5, 5,  0, 0, 0, 0, EXACT"
    })
    void pricesEachTokenOfTheInputOnceAndAtTheDearestItCanBeWhereAPartIsLargerThanTheWhole(
            long input,
            long cached,
            long written,
            long audio,
            long plain,
            long read,
            long wrote,
            long heard,
            Cost.Exactness exactness) {
        PriceCatalog catalog = over("model,component,price\nodd,input,100\nodd,cached_input,1\nodd,cache_write,10000"
                + "\nodd,audio_in,1000000\nodd,output,1");

        Cost cost = catalog.costOf(call("odd", new TokenCounts(input, cached, written, audio, 0, 0, 0)));

        assertThat(cost.usd())
                .isEqualByComparingTo(BigDecimal.valueOf(100 * plain + read + 10_000 * wrote + 1_000_000 * heard, 6));
        assertThat(cost.exactness()).isEqualTo(exactness);
        assertThat(cost.lines()).allMatch(line -> line.usd().signum() > 0);
        assertThat(cost.lines().stream().mapToLong(PriceLine::tokens).sum()).isEqualTo(input);
    }

    @Test
    void pricesEachTokenOfTheOutputOnceThoughAPartIsLargerThanTheWhole() {
        assertUsd("o3", new TokenCounts(0, 0, 0, 0, 5, 9, 0), "0.00004");
        assertThat(BUILT_IN.costOf(call("gpt-4o-audio-preview", new TokenCounts(0, 0, 0, 0, 1000, 0, 7000))))
                .hasToString("~$0.08");
    }

    @Test
    void overridesOneComponentAndKeepsTheOthers() {
        PriceCatalog catalog = over("model,component,price\ngpt-4o,output,20");

        assertThat(catalog.costOf(call("gpt-4o", new TokenCounts(1_000_000, 500_000, 0, 0, 1_000_000, 0, 0)))
                        .usd())
                .isEqualByComparingTo("21.875");
        assertThat(catalog.basis().lists()).extracting(PriceListId::name).containsExactly("built-in list", "prices");
    }

    @Test
    void keepsThePriceAboveAStepWhenThatBelowIsOverridden() {
        PriceCatalog catalog = over("model,component,price\ngpt-5.6-sol,input,1", "2026-09-01");

        assertThat(catalog.costOf(call("gpt-5.6-sol", TokenCounts.of(272_000, 0)))
                        .usd())
                .isEqualByComparingTo("0.272");
        assertThat(catalog.costOf(call("gpt-5.6-sol", TokenCounts.of(1_000_000, 0)))
                        .usd())
                .isEqualByComparingTo("8");
    }

    @Test
    void overridesAStepWhateverItsOperator() {
        PriceCatalog catalog =
                over("model,component,price,tier_op,tier_at\ngpt-5.6-sol,input,1,>=,272000", "2026-09-01");

        assertThat(catalog.costOf(call("gpt-5.6-sol", TokenCounts.of(272_000, 0)))
                        .usd())
                .isEqualByComparingTo("0.272");
        assertThat(catalog.costOf(call("gpt-5.6-sol", TokenCounts.of(1_000_000, 0)))
                        .usd())
                .isEqualByComparingTo("1");
    }

    @Test
    void letsALaterListWinOverAnEarlierOne() {
        PriceCatalog catalog = PriceCatalog.builder()
                .list(list("first", "model,component,price\nlocal,input,1\nlocal,output,1"))
                .list(list("second", "model,component,price\nlocal,input,0"))
                .build();

        assertThat(catalog.costOf(call("local", TokenCounts.of(1_000_000, 0))).usd())
                .isZero();
        assertThat(catalog.costOf(call("local", TokenCounts.of(0, 1_000_000))).usd())
                .isEqualByComparingTo("1");
    }

    @Test
    void takesAPriceOfZeroForFreeNotForUnknown() {
        PriceCatalog catalog = over("model,component,price\nlocal,input,0\nlocal,output,0");

        Cost cost = catalog.costOf(call("LOCAL", TokenCounts.of(10, 10)));
        assertThat(cost.usd()).isZero();
        assertThat(cost.exactness()).isEqualTo(Cost.Exactness.EXACT);
    }

    @Test
    void appliesAPriceFromItsFirstToItsLastDay() {
        String list = "model,component,valid_from,valid_until,price\nx,input,2026-01-02,2026-01-03,1";

        assertThat(over(list, "2026-01-01").priceOf("x")).isEmpty();
        assertThat(over(list, "2026-01-02").priceOf("x")).isPresent();
        assertThat(over(list, "2026-01-03").priceOf("x")).isPresent();
        assertThat(over(list, "2026-01-04").priceOf("x")).isEmpty();
        assertThat(over(list, "2026-01-04").expiryOf(call("X", TokenCounts.NONE)))
                .contains(LocalDate.of(2026, 1, 3));
        assertThat(over(list, "2026-01-03").expiryOf(call("x", TokenCounts.NONE)))
                .isEmpty();
    }

    @Test
    void takesTheTiersOfAListAsItTakesThoseOfAnswers() {
        PriceCatalog catalog =
                over("model,component,service_tier,price\nx,input,Default,1\nx,input,Flex,2\nx,input,PRIORITY,3");

        assertThat(inTier(catalog, null)).isEqualByComparingTo("1");
        assertThat(inTier(catalog, "flex")).isEqualByComparingTo("2");
        assertThat(inTier(catalog, "priority")).isEqualByComparingTo("3");
    }

    @Test
    void namesTheModelsNearestToAnUnknownOne() {
        assertThat(BUILT_IN.nearestNames("GPT-4o-minni", 2)).hasSize(2).startsWith("gpt-4o-mini");
    }

    private static BigDecimal inTier(PriceCatalog catalog, String tier) {
        return catalog.costOf(call("x", TokenCounts.of(1_000_000, 0)).toBuilder()
                        .serviceTier(tier)
                        .build())
                .usd();
    }

    private static void assertUsd(String model, TokenCounts tokens, String usd) {
        Cost cost = BUILT_IN.costOf(call(model, tokens));
        assertThat(cost.usd()).isEqualByComparingTo(usd);
        assertThat(cost.exactness()).isEqualTo(Cost.Exactness.EXACT);
    }

    @Test
    void takesTheTokensOfACallForALowerBoundWhereAToolHasNoFee() {
        LlmCall plain = call("gpt-4o", TokenCounts.of(1000, 1000));
        LlmCall digging = plain.toBuilder().toolCalls(Map.of("dig", 2L)).build();

        assertThat(BUILT_IN.costOf(digging).usd())
                .isEqualTo(BUILT_IN.costOf(plain).usd());
        assertThat(BUILT_IN.costOf(digging).exactness()).isEqualTo(Cost.Exactness.PARTIAL);
        assertThat(BUILT_IN.missingPrices(digging))
                .containsExactly(new MissingPrice("gpt-4o", PriceComponent.CALL, "dig", "standard"));
    }

    private static LlmCall call(String model, TokenCounts tokens) {
        return LlmCall.of(Operation.CHAT, model)
                .tokens(tokens, CountSource.REPORTED)
                .build();
    }

    private static PriceCatalog asOf(String date) {
        return PriceCatalog.builder().asOf(LocalDate.parse(date)).build();
    }

    private static PriceCatalog over(String csv) {
        return PriceCatalog.builder().list(list("prices", csv)).build();
    }

    private static PriceCatalog over(String csv, String date) {
        return PriceCatalog.builder()
                .list(list("prices", csv))
                .asOf(LocalDate.parse(date))
                .build();
    }

    private static PriceList list(String name, String csv) {
        return PriceList.parse(name, csv);
    }
}
