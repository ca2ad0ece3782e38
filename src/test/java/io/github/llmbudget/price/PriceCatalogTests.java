package io.github.llmbudget.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenCounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceCatalogTests {

    private static final PriceCatalog BUILT_IN = PriceCatalog.builtIn();

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

    @ParameterizedTest
    @CsvSource({
        // answered by, named, mocked | priced at, as
        "openai, gpt-4o, false, openai, gpt-4o",
        "openai, claude-sonnet-4-6, true, anthropic, claude-sonnet-4-6",
        "openai, claude-sonnet-4-6, false, , ",
        ", claude-sonnet-4-6, true, anthropic, claude-sonnet-4-6",
        ", claude-sonnet-4-6, false, anthropic, claude-sonnet-4-6",
        "anthropic, gpt-4o, true, , ",
        "azure, gpt-4o, true, , ",
        "together, gpt-4o, false, , ",
        "vertex, gemini-2.5-flash, false, google, gemini-2.5-flash",
        "gemini, models/gemini-2.5-flash, false, google, gemini-2.5-flash",
        "openai, openai/gpt-4o, false, openai, gpt-4o",
        "openai, anthropic/claude-sonnet-4-6, false, anthropic, claude-sonnet-4-6",
        "openrouter, openai/gpt-4o, false, , ",
        "groq, openai/gpt-oss-20b, false, groq, openai/gpt-oss-20b",
        "openai, ft:gpt-4o-mini-2024-07-18:acme::a1, false, openai, ft:gpt-4o-mini-2024-07-18",
        "openai, ft:gpt-3.5-turbo-1106:acme, false, openai, ft:gpt-3.5-turbo-1106",
        "openai, ft:o9:acme::a1, false, , "
    })
    void looksAtTheServiceBeforeTheName(
            String provider, String named, boolean mocked, String pricedAt, String pricedAs) {
        LlmCall call = call(named, TokenCounts.of(1, 1)).toBuilder()
                .provider(provider)
                .origin(mocked ? Origin.MOCK : Origin.LIVE)
                .build();
        Optional<ModelPrice> price = BUILT_IN.priceFor(call);

        assertThat(price.map(ModelPrice::model).orElse(null)).isEqualTo(pricedAs);
        assertThat(price.flatMap(found -> found.rows().stream()
                                .filter(row -> !row.isForAnyModel())
                                .findFirst())
                        .map(PriceRow::provider)
                        .orElse(null))
                .isEqualTo(pricedAt);
        assertThat(BUILT_IN.isKnownElsewhere(call)).isEqualTo(pricedAs == null && !named.startsWith("ft:o9"));
    }

    @Test
    void pricesADeploymentAsTheModelItStandsForWhateverTheAnswerSays() {
        PriceCatalog catalog = PriceCatalog.builder()
                .deployments(Map.of("vectors", "openai/text-embedding-3-small", "bot", "gpt-4o"))
                .build();
        LlmCall vectors = call("Vectors", TokenCounts.of(1_000_000, 0)).toBuilder()
                .provider("azure")
                .answeredModel("ada")
                .build();
        LlmCall bot = call("bot", TokenCounts.of(1_000_000, 0)).toBuilder()
                .provider("azure")
                .answeredModel("gpt-4o-2024-05-13")
                .build();

        assertThat(catalog.costOf(vectors)).hasToString("$0.02");
        assertThat(catalog.resolve(vectors).answeredModel()).isEqualTo("text-embedding-3-small");
        assertThat(catalog.costOf(bot)).as("a snapshot of it is more exact").hasToString("$5.00");
    }

    @Test
    void pricesAnyModelOfAServiceThatIsListedSo() {
        PriceCatalog catalog =
                over("provider,model,component,price\nollama,*,input,0\nollama,*,output,0\nollama,big,input,1");
        LlmCall any = call("llama3.2", TokenCounts.of(1_000_000, 1_000_000)).toBuilder()
                .provider("ollama")
                .build();
        LlmCall listed = call("big", TokenCounts.of(1_000_000, 1_000_000)).toBuilder()
                .provider("ollama")
                .build();
        LlmCall elsewhere = any.toBuilder().provider("vllm").build();

        assertThat(catalog.costOf(any)).hasToString("$0.00");
        assertThat(catalog.costOf(listed)).hasToString("$1.00");
        assertThat(catalog.costOf(elsewhere)).isEqualTo(Cost.UNKNOWN);
    }

    @Test
    void prefersWhatIsSaidOfAServiceToWhatIsSaidOfAny() {
        PriceCatalog catalog = over("provider,model,component,price\n,x,input,1\nacme,x,input,2");

        assertThat(catalog.priceOf("acme", "x").orElseThrow().rows())
                .singleElement()
                .satisfies(row -> assertThat(row.usd()).isEqualByComparingTo("2"));
        assertThat(catalog.priceOf("other", "x").orElseThrow().rows())
                .singleElement()
                .satisfies(row -> assertThat(row.usd()).isEqualByComparingTo("1"));
    }

    @Test
    void knowsNoPriceForAModelThatSeveralServicesHave() {
        PriceCatalog catalog = over("provider,model,component,price\na,x,input,1\nb,x,input,2");

        assertThat(catalog.priceOf("x")).isEmpty();
        assertThat(catalog.priceOf("a", "x")).isPresent();
    }

    @Test
    void takesCachedAudioWithoutAPriceForAudio() {
        PriceCatalog catalog = over("model,component,price\nx,input,1\nx,audio_in,10\nx,output,1");
        TokenCounts heardBefore =
                new TokenCounts(1_000_000, 1_000_000, 0, 0, 0, 1_000_000, 0, 1_000_000, 0, 0, 0, 0, 0);

        assertThat(catalog.costOf(call("x", heardBefore))).hasToString("$10.00");
    }

    @Test
    void knowsNoPriceForALongCacheWriteWhereOnlyAShortOneHasOne() {
        PriceCatalog shortOnly = over("model,component,price\nx,input,1\nx,cache_write,2\nx,output,1");
        PriceCatalog none = over("model,component,price\nx,input,1\nx,output,1");
        LlmCall written = call("x", new TokenCounts(1_000_000, 0, 1_000_000, 1_000_000, 0, 0, 0, 0, 0, 0));

        assertThat(shortOnly.costOf(written)).isEqualTo(Cost.UNKNOWN);
        assertThat(shortOnly.missingPrices(written))
                .containsExactly(new MissingPrice("x", PriceComponent.CACHE_WRITE_ONE_HOUR, null, "standard"));
        assertThat(none.costOf(written)).hasToString("$1.00");
    }

    @Test
    void pricesCacheWritesByTheirLifetime() {
        TokenCounts written = new TokenCounts(3_000_000, 0, 3_000_000, 0, 2_000_000, 0, 0, 0, 0, 0, 0, 0, 0);
        PriceCatalog catalog = over("""
                model,component,ttl,price
                x,input,,1
                x,cache_write,30m,1.25
                x,cache_write,12h,2""");

        assertThat(catalog.costOf(call("x", written))).hasToString("$5.25");
    }

    @ParameterizedTest
    @CsvSource({"whisper-1, 60000, $0.006", "whisper-1, 1500, $0.00015", "gpt-transcribe, 60000, $0.0045"})
    void pricesAudioByItsLength(String model, long millis, String usd) {
        LlmCall call = LlmCall.of(Operation.TRANSCRIPTION, model)
                .audioDuration(Duration.ofMillis(millis))
                .build();

        assertThat(BUILT_IN.costOf(call)).hasToString(usd);
        assertThat(BUILT_IN.costOf(call).isComplete()).isTrue();
    }

    @Test
    void pricesSpokenTextByItsCharacters() {
        LlmCall call = LlmCall.of(Operation.SPEECH, "tts-1").characters(1000L).build();
        LlmCall billedByTokens = LlmCall.of(Operation.SPEECH, "gpt-4o-mini-tts")
                .characters(1000L)
                .build();

        assertThat(BUILT_IN.costOf(call)).hasToString("$0.015");
        assertThat(BUILT_IN.costOf(billedByTokens)).isEqualTo(Cost.UNKNOWN);
    }

    @Test
    void pricesImagesByTheirKind() {
        LlmCall call = LlmCall.of(Operation.IMAGES, "dall-e-3")
                .images(Map.of("hd 1024x1792", 2L, "standard 1024x1024", 1L))
                .build();
        LlmCall strange = LlmCall.of(Operation.IMAGES, "dall-e-3")
                .images(Map.of("hd 8192x8192", 1L))
                .build();

        assertThat(BUILT_IN.costOf(call)).hasToString("$0.28");
        assertThat(BUILT_IN.costOf(strange)).isEqualTo(Cost.UNKNOWN);
        assertThat(BUILT_IN.missingPrices(strange))
                .containsExactly(new MissingPrice("dall-e-3", PriceComponent.IMAGE, "hd 8192x8192", "standard"));
    }

    @ParameterizedTest
    @CsvSource({"IMAGES, gpt-image-1, 0, 1000000, $40.00", "SPEECH, gpt-4o-mini-tts, 1000000, 1000000, $12.60"})
    void takesTokensOfAModalityNobodyTellsForThatOfTheOperation(
            Operation operation, String model, long input, long output, String usd) {
        LlmCall call = LlmCall.of(operation, model)
                .tokens(TokenCounts.of(input, output), CountSource.REPORTED)
                .build();

        assertThat(BUILT_IN.costOf(call)).hasToString(usd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "flex", "priority"})
    void chargesAsMuchForAToolAtEachServiceTier(String tier) {
        LlmCall plain = call("gpt-5", TokenCounts.of(1000, 1000)).toBuilder()
                .serviceTier(tier)
                .build();
        LlmCall searching =
                plain.toBuilder().toolCalls(Map.of("web_search", 3L)).build();

        assertThat(BUILT_IN.costOf(searching)
                        .usd()
                        .subtract(BUILT_IN.costOf(plain).usd()))
                .isEqualByComparingTo("0.03");
        assertThat(BUILT_IN.costOf(searching).exactness()).isEqualTo(Cost.Exactness.EXACT);
    }

    @Test
    void pricesImagesThatGeminiReadsFromItsCacheLikeCachedText() {
        TokenCounts counts = new TokenCounts(1_000_000, 1_000_000, 0, 0, 0, 0, 1_000_000, 0, 1_000_000, 0, 0, 0, 0);

        assertThat(BUILT_IN.costOf(call("gemini-2.5-flash", counts)).usd()).isEqualByComparingTo("0.03");
    }

    @Test
    void pricesASnapshotAsTheModelBeforeItsOwnPriceBegan() {
        PriceCatalog early =
                PriceCatalog.builder().asOf(LocalDate.of(2025, 2, 10)).build();

        assertThat(early.costOf(call("o1-mini-2024-09-12", TokenCounts.of(1_000_000, 0)))
                        .usd())
                .isEqualByComparingTo("3");
        assertThat(BUILT_IN.costOf(call("o1-mini-2024-09-12", TokenCounts.of(1_000_000, 0)))
                        .usd())
                .isEqualByComparingTo("1.1");
    }

    @Test
    void chargesAFeeForEachRequestWhereAModelHasOne() {
        PriceCatalog catalog = over("model,component,per,price\nx,input,,1\nx,output,,1\nx,call:request,1000,5");

        assertThat(catalog.costOf(call("x", TokenCounts.of(1, 0)))).hasToString("$0.005001");
        assertThat(catalog.costOf(LlmCall.of(Operation.CHAT, "x")
                        .status(CallStatus.FAILED, 500)
                        .build()))
                .isEqualTo(Cost.NOTHING);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, web_search, 0.01",
        "gpt-4o, web_search_preview, 0.025",
        "gpt-4.1-mini-2025-04-14, web_search_preview, 0.025",
        // Reasoning models are charged for what was found, and less for finding it.
        "o4-mini, web_search_preview, 0.01",
        "gpt-5, web_search_preview, 0.01",
        "gpt-4o, file_search, 0.0025",
        "gpt-4o, code_interpreter, 0.03",
        // Eight thousand tokens of input come with each of these.
        "gpt-4o-mini, web_search, 0.0112",
        "gpt-4.1-mini, web_search, 0.0132",
        "gpt-4.1-mini-2025-04-14, web_search, 0.0132",
        "claude-sonnet-4-6, web_search, 0.01",
        "grok-4.3, web_search, 0.005"
    })
    void chargesForTheToolsThatTheServiceRuns(String model, String tool, BigDecimal usd) {
        LlmCall call = call(model, TokenCounts.NONE).toBuilder()
                .toolCalls(Map.of(tool, 1L))
                .build();

        assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo(usd);
        assertThat(BUILT_IN.costOf(call).exactness()).isEqualTo(Cost.Exactness.EXACT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o-search-preview", "gpt-4o-mini-search-preview-2025-03-11", "gpt-5-search-api"})
    void chargesForTheSearchThatSomeModelsAlwaysMake(String model) {
        Cost cost = BUILT_IN.costOf(call(model, TokenCounts.of(1, 0)));

        assertThat(cost.usd()).isBetween(new BigDecimal("0.01"), new BigDecimal("0.010003"));
        assertThat(cost.lines()).extracting(line -> line.row().what()).containsExactly("input", "request call");
    }

    @Test
    void pricesABatchAsOneOfSmallRequestsUnlessItIsLarge() {
        LlmCall small = LlmCall.of(Operation.BATCH, "gpt-5.4")
                .tokens(TokenCounts.of(272_000, 0), CountSource.REPORTED)
                .build();
        LlmCall large = small.toBuilder()
                .tokens(TokenCounts.of(300_000, 0), CountSource.REPORTED)
                .build();

        assertThat(BUILT_IN.costOf(small)).hasToString("$0.34");
        assertThat(BUILT_IN.costOf(large)).hasToString("~$0.75");
    }

    @Test
    void believesWhatTheServiceReportsUnlessItIsZero() {
        LlmCall call = call("gpt-4o", TokenCounts.of(1000, 0));
        LlmCall dearer = call.toBuilder().reportedCost(new BigDecimal("0.01")).build();
        LlmCall zero = call.toBuilder().reportedCost(BigDecimal.ZERO).build();
        LlmCall freeRouter = zero.toBuilder().provider("openrouter").build();
        LlmCall freeVariant = call("minimax/minimax-m2:free", TokenCounts.of(10, 10)).toBuilder()
                .reportedCost(BigDecimal.ZERO)
                .build();

        assertThat(BUILT_IN.costOf(dearer)).hasToString("$0.01");
        assertThat(BUILT_IN.costOf(dearer).isReportedByService()).isTrue();
        assertThat(BUILT_IN.costOf(zero)).hasToString("$0.0025");
        assertThat(BUILT_IN.costOf(zero).isReportedByService()).isFalse();
        assertThat(BUILT_IN.costOf(freeRouter)).hasToString("$0.00");
        assertThat(BUILT_IN.costOf(freeVariant)).hasToString("$0.00");
    }

    @Test
    void doubtsPricesThatMayNotBeThoseOfToday() {
        PriceCatalog catalog = PriceCatalog.builder()
                .list(PriceList.parse("team", """
                        # as-of: 2026-11-01
                        model,component,valid_from,valid_until,price
                        x,input,,2026-11-20,1
                        x,input,2026-12-01,,2
                        x,output,,,1"""))
                .asOf(LocalDate.of(2026, 11, 10))
                .build();
        Cost cost = catalog.costOf(call("x", TokenCounts.of(1, 0)));
        Cost output = catalog.costOf(call("x", TokenCounts.of(0, 1)));

        assertThat(catalog.doubtsAbout(cost, LocalDate.of(2026, 11, 20)))
                .containsExactly("the price of x changes on 2026-12-01");
        assertThat(catalog.doubtsAbout(cost, LocalDate.of(2026, 12, 16)))
                .containsExactly(
                        "the price of x was known until 2026-11-20 only", "the price of x changed on 2026-12-01");
        assertThat(catalog.doubtsAbout(output, LocalDate.of(2026, 12, 16))).isEmpty();
        assertThat(catalog.doubtsAbout(output, LocalDate.of(2026, 12, 17)))
                .containsExactly("the team is of 2026-11-01, 46 days ago");
    }

    @Test
    void namesWhatItsPricesAreTakenFrom() {
        PriceListId builtIn = BuiltInPrices.list().id();
        PriceList team = PriceList.parse("team", "# as-of: 2026-11-01\nmodel,component,price\n");

        assertThat(BUILT_IN.basis()).hasToString(builtIn.toString());
        assertThat(PriceCatalog.builder()
                        .list(team)
                        .asOf(LocalDate.of(2026, 9, 1))
                        .build()
                        .basis())
                .hasToString(builtIn + " + " + team.id() + ", as of 2026-09-01");
    }

    @Test
    void isCopiedWithAllItHas() {
        PriceCatalog copy = PriceCatalog.builder()
                .list(PriceList.parse("team", "model,component,price\nx,input,1"))
                .deployments(Map.of("bot", "x"))
                .asOf(LocalDate.of(2026, 9, 1))
                .mockedAtAnyHour()
                .build()
                .toBuilder()
                .build();

        assertThat(copy.costOf(call("bot", TokenCounts.of(1_000_000, 0)))).hasToString("$1.00");
        assertThat(copy.asOf()).isEqualTo("2026-09-01");
        assertThat(copy.costOf(call("deepseek-v4-flash", TokenCounts.of(1_000_000, 0))))
                .hasToString("~$0.44");
    }

    private static LlmCall call(String model, TokenCounts tokens) {
        return LlmCall.of(Operation.CHAT, model)
                .tokens(tokens, CountSource.REPORTED)
                .build();
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
