package io.github.llmbudget.price;

import static io.github.llmbudget.price.PriceCalls.BUILT_IN;
import static io.github.llmbudget.price.PriceCalls.asOf;
import static io.github.llmbudget.price.PriceCalls.call;
import static io.github.llmbudget.price.PriceCalls.over;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.BudgetPolicy;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageLedger;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.UsageReader;
import io.github.llmbudget.wire.WireFormats;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Each of these is a bug that some other tool has had, named after where it was reported: a call that cost nothing, or half,
 * or twice of what was billed. They are kept as tests, so that none of them comes here.
 */
class CostBugsTests {

    private static final WireFormats FORMATS = WireFormats.all();
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String MESSAGES = "/v1/messages";

    /** Something unknown was taken for nothing. */
    @Nested
    class Unknown {

        @Test
        void langchain12994_aNewModelCostsNothing() {
            Cost cost = BUILT_IN.costOf(call("model-of-tomorrow", 1000, 1000));

            assertThat(cost).isEqualTo(Cost.UNKNOWN).hasToString("unpriced");
            assertThat(cost.readable()).doesNotContain("$0");
        }

        @Test
        void litellm30715_aBudgetNeverTripsForAModelNobodyPriced() {
            assertThat(breaches(BUILT_IN, "1000000", call("model-of-tomorrow", 1, 1)))
                    .extracting(BudgetBreach::kind)
                    .containsExactly(BudgetBreach.Kind.UNPRICED);
        }

        @Test
        void litellm25874_aModelWithACustomPriceSkipsTheBudget() {
            PriceCatalog prices = over("model,component,price", "ours,input,10", "ours,output,10");

            assertThat(breaches(prices, "0.01", call("ours", 1001, 0)))
                    .extracting(BudgetBreach::kind)
                    .containsExactly(BudgetBreach.Kind.EXCEEDED);
        }

        @Test
        void litellm14004_aFreeLocalModelIsBlockedByTheBudget() {
            PriceCatalog prices = over("provider,model,component,price", "ollama,*,input,0", "ollama,*,output,0");
            LlmCall local =
                    call("llama3.2", 1000, 1000).toBuilder().provider("ollama").build();

            assertThat(breaches(prices, "0", local)).isEmpty();
            assertThat(breaches(BUILT_IN, "0", local)).hasSize(1);
        }

        @Test
        void llmCouncil371_aModelKnownToBeFreeIsDroppedAsUnknown() {
            PriceCatalog prices = over("model,component,price", "ours,input,0", "ours,output,0");
            Cost cost = prices.costOf(call("ours", 1000, 1000));

            assertThat(cost.exactness()).isEqualTo(Cost.Exactness.EXACT);
            assertThat(cost).hasToString("$0.00");
            assertThat(cost.lines()).hasSize(2);
        }

        @Test
        void quillo80_anUnknownModelIsBilledAsTheCheapestOrTheDearest() {
            assertThat(BUILT_IN.costOf(call("model-of-tomorrow", 1000, 1000)).lines())
                    .isEmpty();
            assertThat(BUILT_IN.priceOf("model-of-tomorrow")).isEmpty();
        }

        /** Prices come from no other library; what can fail is the reading of a list, and that is not swallowed. */
        @Test
        void pydanticAiShields24_theCostIsAlwaysNothingBecauseAnErrorIsSwallowed() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> PriceList.parse("prices", "model,component,price\nours,input,dear"));
        }

        @Test
        void edenai453_everyFailureCostsAnInventedAmount() {
            LlmCall failed = LlmCall.of(Operation.CHAT, "gpt-4o")
                    .status(CallStatus.FAILED, 500)
                    .build();

            assertThat(BUILT_IN.costOf(failed)).isEqualTo(Cost.NOTHING);
        }

        @Test
        void promptfoo10512_anOverrideIsIgnoredForANewModel() {
            PriceCatalog prices = over("model,component,price", "model-of-tomorrow,input,3");

            assertThat(prices.costOf(call("model-of-tomorrow", 1000, 0)).usd()).isEqualByComparingTo("0.003");
        }

        @Test
        void modelRouterEval2_aDeploymentOfAzureIsNoPriceKey() {
            LlmCall azure = call("support-bot", 1000, 0).toBuilder()
                    .provider("azure")
                    .answeredModel("gpt-4o-2024-08-06")
                    .build();
            PriceCatalog mapped = PriceCatalog.builder()
                    .deployments(Map.of("support-bot", "gpt-4o"))
                    .build();

            assertThat(BUILT_IN.costOf(azure)).isEqualTo(Cost.UNKNOWN);
            assertThat(mapped.costOf(azure).usd()).isEqualByComparingTo("0.0025");
        }
    }

    /** Reads and writes of the prompt cache. */
    @Nested
    class Caches {

        @Test
        void litellm6215_cachedTokensAreAddedWithoutBeingTakenOffTheInput() {
            assertThat(BUILT_IN.costOf(openAi("gpt-4o", """
                            "prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,\
                            "prompt_tokens_details":{"cached_tokens":1920}""")).usd()).isEqualByComparingTo("0.005615");
        }

        @Test
        void continue13104_cachedTokensCostTheFullPrice() {
            assertThat(BUILT_IN.costOf(call("gpt-4o", new TokenCounts(1000, 1000, 0, 0, 0, 0, 0)))
                            .usd())
                    .isEqualByComparingTo("0.00125");
        }

        @Test
        void litellm14849_geminisHitsAreInTheTextAndInTheCache() {
            LlmCall gemini = gemini("gemini-2.5-flash", """
                    "promptTokenCount":1000,"cachedContentTokenCount":900,"candidatesTokenCount":0,\
                    "totalTokenCount":1000""");

            assertThat(BUILT_IN.costOf(gemini).usd()).isEqualByComparingTo("0.000057");
        }

        @Test
        void aider5516_aFullHitCostsTenTimesAsMuch() {
            LlmCall hit = openAi("gpt-5", """
                    "prompt_tokens":1000,"completion_tokens":0,"total_tokens":1000,\
                    "prompt_tokens_details":{"cached_tokens":1000}""");

            assertThat(hit.tokens().input()).isEqualTo(1000);
            assertThat(BUILT_IN.costOf(hit).usd()).isEqualByComparingTo("0.000125");
        }

        @Test
        void langfuse12306_anInputThatIncludesTheCacheIsDoubled() {
            LlmCall call = openAi("gpt-4o", """
                    "prompt_tokens":1000,"completion_tokens":1,"total_tokens":1001,\
                    "prompt_tokens_details":{"cached_tokens":900}""");

            assertThat(call.tokens().input()).isEqualTo(1000);
            assertThat(call.tokens().total()).isEqualTo(1001);
        }

        @Test
        void langsmith1858_anInputThatExcludesTheCacheGivesANegativeCost() {
            LlmCall call = anthropic("claude-sonnet-4-6", """
                    "input_tokens":5,"cache_read_input_tokens":128955,"cache_creation_input_tokens":1253,\
                    "output_tokens":0""");

            assertThat(call.tokens().input()).isEqualTo(130_213);
            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.04340025");
        }

        @Test
        void litellm6575_theSurchargeOfAWriteComesOnTopOfTheInput() {
            LlmCall call = anthropic("claude-sonnet-4-6", """
                    "input_tokens":0,"cache_creation_input_tokens":1000000,"output_tokens":0""");

            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("3.75");
        }

        @Test
        void pi5603_writesForAnHourCostAsMuchAsThoseForFiveMinutes() {
            LlmCall call = anthropic("claude-sonnet-4-6", """
                    "input_tokens":0,"cache_creation_input_tokens":1500000,"output_tokens":0,\
                    "cache_creation":{"ephemeral_5m_input_tokens":500000,"ephemeral_1h_input_tokens":1000000}""");

            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("7.875");
        }

        @Test
        void pi6469_writesToOpenAisCacheAreNotRead() {
            LlmCall call = openAi("gpt-5.6-terra", """
                    "prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,\
                    "prompt_tokens_details":{"cached_tokens":200,"cache_write_tokens":300}""");

            assertThat(call.tokens().cacheWrite()).isEqualTo(300);
            assertThat(asOf("2026-08-01").costOf(call).usd()).isEqualByComparingTo("0.00299");
        }

        @Test
        void tracker522_aWriteWithoutAPriceIsFreeOrHasASurcharge() {
            assertThat(BUILT_IN.costOf(call("gpt-4o", new TokenCounts(1000, 0, 500, 0, 0, 0, 0)))
                            .usd())
                    .isEqualByComparingTo("0.0025");
        }

        @Test
        void litellm26807_aCustomPriceIgnoresTheCacheRate() {
            PriceCatalog prices = over("model,component,price", "gpt-4o,input,5", "gpt-4o,cached_input,0.5");

            assertThat(prices.costOf(call("gpt-4o", new TokenCounts(1_000_000, 500_000, 0, 0, 0, 0, 0)))
                            .usd())
                    .isEqualByComparingTo("2.75");
        }

        @Test
        void axonhub607_moreCachedThanThereIsGivesANegativeCostOrAnException() {
            LlmCall call = openAi("gpt-4o", """
                    "prompt_tokens":7,"completion_tokens":8,"total_tokens":15,\
                    "prompt_tokens_details":{"cached_tokens":161}""");
            Cost cost = BUILT_IN.costOf(call);

            assertThat(cost).hasToString("~$0.0000975");
            assertThat(call.anomalies()).containsExactly("cached input of 161 exceeds input of 7");
        }

        @Test
        void agenta5965_aCountWithADecimalPointFailsAndTheCacheIsForgotten() {
            LlmCall call = openAi("gpt-4o", """
                    "prompt_tokens":1000.0,"completion_tokens":0,"total_tokens":1e3,\
                    "prompt_tokens_details":{"cached_tokens":1000.0}""");

            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.00125");
        }

        /** No list can have it as a typing error: Anthropic's reads are a tenth of the input at most, but for the oldest. */
        @Test
        void litellm9833_haikusReadsCostTenTimesAsMuch() {
            List<PriceRow> rows = BuiltInPrices.list().models().stream()
                    .flatMap(model -> BuiltInPrices.list().rowsOf(model).stream())
                    .filter(row ->
                            "anthropic".equals(row.provider()) && !row.model().startsWith("claude-3-"))
                    .toList();

            assertThat(rows)
                    .filteredOn(row -> row.component() == PriceComponent.CACHED_INPUT)
                    .isNotEmpty()
                    .allMatch(read -> rows.stream()
                            .filter(row -> row.component() == PriceComponent.INPUT
                                    && row.model().equals(read.model())
                                    && row.holdsBeside(read)
                                    && row.stepTokens() == read.stepTokens())
                            .allMatch(input -> read.usd().movePointRight(1).compareTo(input.usd()) <= 0));
        }
    }

    /** Reasoning, and outputs that were predicted. */
    @Nested
    class Outputs {

        @Test
        void tokscale1142_reasoningIsAddedToTheOutputThatIncludesIt() {
            LlmCall call = openAi("o3", """
                    "prompt_tokens":0,"completion_tokens":100,"total_tokens":100,\
                    "completion_tokens_details":{"reasoning_tokens":60}""");

            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.0008");
        }

        @Test
        void llmgateway3435_anthropicsThinkingIsAddedToTheOutputThatIncludesIt() {
            LlmCall call = anthropic("claude-sonnet-4-6", """
                    "input_tokens":0,"output_tokens":100,"output_tokens_details":{"thinking_tokens":60}""");

            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.0015");
        }

        @Test
        void langfuse16321_geminisThoughtsAreNotAddedToTheOutputBesideWhichTheyStand() {
            LlmCall call = gemini("gemini-2.5-flash", """
                    "promptTokenCount":0,"candidatesTokenCount":40,"thoughtsTokenCount":60,"totalTokenCount":100""");

            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.00025");
        }

        @Test
        void helicone5805_acceptedPredictionsAreAddedToTheOutput() {
            LlmCall call = openAi("gpt-4o", """
                    "prompt_tokens":0,"completion_tokens":100,"total_tokens":100,"completion_tokens_details":\
                    {"accepted_prediction_tokens":60,"rejected_prediction_tokens":20}""");

            assertThat(call.tokens().output()).isEqualTo(100);
            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.001");
        }

        /** Realtime sessions run over WebSockets, which no endpoint here carries; the same shape comes in responses. */
        @Test
        void litellm39850_reasoningAmongTheTextTokensIsCountedTwice() {
            LlmCall call = read("api.openai.com", RESPONSES, "{\"model\":\"gpt-5\",\"input\":\"Hi\"}", """
                    {"id":"resp_1","model":"gpt-5","output":[],"usage":{"input_tokens":0,"output_tokens":100,\
                    "total_tokens":100,"output_tokens_details":{"text_tokens":100,"reasoning_tokens":60}}}""");

            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.001");
        }
    }

    /** Streams. */
    @Nested
    class Streams {

        private static final String ASK = "{\"model\":\"gpt-4o\",\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Where is my refund?\"}]}";
        private static final String TEXT =
                "data: {\"id\":\"c\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi there\"}}]";
        private static final String USAGE =
                ",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":20,\"total_tokens\":30}}\n\n";
        private static final String DONE = "data: [DONE]\n\n";

        @Test
        void langchain13430_aStreamHasNoTokensAndNoRequests() {
            LlmCall unreported = read("api.openai.com", CHAT, ASK, TEXT + "}\n\n" + DONE);

            assertThat(unreported.countSource()).isEqualTo(CountSource.ESTIMATED);
            assertThat(BUILT_IN.costOf(unreported).usd()).isPositive();
            assertThat(BUILT_IN.costOf(unreported)).asString().startsWith("~$");
        }

        @Test
        void langchain30429_theInputIsCountedOnceAChunk() {
            LlmCall call = read("api.openai.com", CHAT, ASK, (TEXT + USAGE).repeat(5) + DONE);

            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.000225");
        }

        @Test
        void litellm36168_usageBesideAChoiceIsDropped() {
            LlmCall call = read("api.openai.com", CHAT, ASK, TEXT + USAGE + DONE);

            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.000225");
        }

        @Test
        void litellm37923_aStreamOfAnthropicOnVertexCostsNothing() {
            LlmCall call = read(
                    "us-east5-aiplatform.googleapis.com",
                    "/v1/projects/p/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-6:streamRawPredict",
                    "{\"stream\":true,\"messages\":[]}",
                    """
                    data: {"type":"message_start","message":{"id":"m","model":"claude-sonnet-4-6",\
                    "usage":{"input_tokens":1000,"output_tokens":1}}}

                    data: {"type":"message_delta","usage":{"output_tokens":100}}

                    data: {"type":"message_stop"}

                    """);
            PriceCatalog prices = over(
                    "provider,model,component,price",
                    "vertex,claude-sonnet-4-6,input,3.3",
                    "vertex,claude-sonnet-4-6,output,16.5");

            assertThat(call.tokens()).isEqualTo(TokenCounts.of(1000, 100));
            assertThat(BUILT_IN.costOf(call)).as("Vertex has prices of its own").isEqualTo(Cost.UNKNOWN);
            assertThat(prices.costOf(call).usd()).isEqualByComparingTo("0.00495");
        }

        @Test
        void springAi4785_theUsageOfStreamsAndOfRoundsOfToolsIsLost() {
            LlmCall round = read("api.openai.com", CHAT, ASK, TEXT + USAGE + DONE);
            HttpExchange.Request request = request("api.openai.com", CHAT, ASK);

            assertThat(new String(
                            FORMATS.find(request)
                                    .orElseThrow()
                                    .prepare(request)
                                    .request()
                                    .body(),
                            UTF_8))
                    .contains("\"include_usage\":true");
            assertThat(usage(round, round.toBuilder().responseId("next").build())
                            .cost()
                            .usd())
                    .isEqualByComparingTo("0.00045");
        }

        @Test
        void langchain4j1622_countsAreEstimatedThoughTheServiceReportsThem() {
            assertThat(read("api.openai.com", CHAT, ASK, TEXT + USAGE + DONE).countSource())
                    .isEqualTo(CountSource.REPORTED);
        }

        @Test
        void litellm30630_aCancelledStreamCostsNothing() {
            LlmCall cut = read("api.openai.com", CHAT, ASK, TEXT + "}\n\n", CallStatus.CUT);

            assertThat(cut.tokens().output()).isPositive();
            assertThat(BUILT_IN.costOf(cut).usd()).isPositive();
        }

        @Test
        void bitrouter537_whoDisconnectsBeforeTheFirstTokenPaysNothing() {
            LlmCall cut = read("api.openai.com", CHAT, ASK, "", CallStatus.CUT);

            assertThat(cut.tokens().input()).isPositive();
            assertThat(BUILT_IN.costOf(cut).usd()).isPositive();
        }

        @Test
        void litellm1172_aStreamOfCompletionsIsCountedTwice() {
            String end =
                    "data: {\"id\":\"c\",\"model\":\"gpt-3.5-turbo-instruct\",\"choices\":[{\"index\":0,\"text\":\"\","
                            + "\"finish_reason\":\"stop\"}],\"usage\":null}\n\n";
            LlmCall call = read(
                    "api.openai.com",
                    "/v1/completions",
                    "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Tell me a joke\",\"stream\":true}",
                    end + end + "data: {\"id\":\"c\",\"model\":\"gpt-3.5-turbo-instruct\",\"choices\":[],\"usage\":"
                            + "{\"prompt_tokens\":4,\"completion_tokens\":14,\"total_tokens\":18}}\n\n" + DONE);

            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.000034");
        }

        @Test
        void hackclub133_embeddingsAreReadAsAStreamAndFree() {
            LlmCall call = embeddings();

            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.0000002");
        }
    }

    /** Service tiers, steps, regions and hours. */
    @Nested
    class Conditions {

        @Test
        void litellm31837_theTierThatWasAskedForIsPreferredToTheOneThatServed() {
            LlmCall call = read(
                    "api.openai.com",
                    CHAT,
                    "{\"model\":\"gpt-5\",\"service_tier\":\"priority\",\"messages\":[]}",
                    "{\"id\":\"c\",\"model\":\"gpt-5-2025-08-07\",\"service_tier\":\"default\",\"choices\":[],\"usage\":"
                            + "{\"prompt_tokens\":1000000,\"completion_tokens\":0,\"total_tokens\":1000000}}");

            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("1.25");
        }

        @Test
        void litellm13810_aDatedSnapshotHasNoTiers() {
            assertThat(usdAt("gpt-5-2025-08-07", "flex")).isEqualByComparingTo("0.625");
            assertThat(usdAt("gpt-5-2025-08-07", "priority")).isEqualByComparingTo("2.5");
            assertThat(usdAt("gpt-4o-2024-11-20", "priority")).isEqualByComparingTo("4.25");
            assertThat(usdAt("gpt-4o-mini-2024-07-18", "priority")).isEqualByComparingTo("0.25");
        }

        @Test
        void genaiPrices711_aRequestOfExactlyTheStepCostsTwice() {
            assertThat(asOf("2026-09-01")
                            .costOf(call("gpt-5.6-sol", 272_000, 1000))
                            .usd())
                    .isEqualByComparingTo("1.108");
        }

        @Test
        void genaiPrices242_onlyWhatIsAboveTheStepIsDearer() {
            assertThat(asOf("2026-09-01")
                            .costOf(call("gpt-5.6-sol", 272_001, 1000))
                            .usd())
                    .isEqualByComparingTo("2.206008");
        }

        @Test
        void openscience121_theStepIgnoresCacheWritesOrCountsTheOutput() {
            PriceCatalog prices = asOf("2026-09-01");
            LlmCall written = call("gpt-5.6-sol", new TokenCounts(272_001, 0, 200_000, 0, 0, 0, 0));
            LlmCall longAnswer = call("gpt-5.6-sol", 1, 300_000);

            assertThat(prices.costOf(written).usd()).isEqualByComparingTo("2.576008");
            assertThat(prices.costOf(longAnswer).usd()).isEqualByComparingTo("6.000004");
        }

        @Test
        void litellm28626_theRegionCostsNothingOrCostsForOldModelsToo() {
            LlmCall recent = read("eu.api.openai.com", CHAT, "{\"model\":\"gpt-5.4\",\"messages\":[]}", """
                    {"id":"c","model":"gpt-5.4","choices":[],"usage":\
                    {"prompt_tokens":1000,"completion_tokens":0,"total_tokens":1000}}""");
            LlmCall old = read("eu.api.openai.com", CHAT, "{\"model\":\"gpt-4o\",\"messages\":[]}", """
                    {"id":"c","model":"gpt-4o","choices":[],"usage":\
                    {"prompt_tokens":1000,"completion_tokens":0,"total_tokens":1000}}""");

            assertThat(recent.region()).isEqualTo("eu");
            assertThat(BUILT_IN.costOf(recent).usd()).isEqualByComparingTo("0.00275");
            assertThat(BUILT_IN.costOf(old).usd()).isEqualByComparingTo("0.0025");
        }

        @Test
        void defog298_theWeekendCostsAsMuchAsTheWeek() {
            PriceCatalog saturday = PriceCatalog.builder()
                    .asOf(PriceDate.of("2026-09-12T02:00Z"))
                    .build();
            PriceCatalog mondayInBeijingOnly = PriceCatalog.builder()
                    .asOf(PriceDate.of("2026-09-13T20:00Z"))
                    .build();

            assertThat(saturday.costOf(call("deepseek-v4-flash", 1_000_000, 0)).usd())
                    .isEqualByComparingTo("0.22");
            assertThat(mondayInBeijingOnly
                            .costOf(call("deepseek-v4-flash", 1_000_000, 0))
                            .usd())
                    .isEqualByComparingTo("0.22");
        }

        @Test
        void litellm38341_cachedTokensOfABatchCostTheFullPriceOfABatch() {
            LlmCall batch = LlmCall.of(Operation.BATCH, "gpt-5")
                    .tokens(new TokenCounts(1_000_000, 1_000_000, 0, 0, 0, 0, 0), CountSource.REPORTED)
                    .build();

            assertThat(BUILT_IN.costOf(batch).usd()).isEqualByComparingTo("0.0625");
        }

        private static BigDecimal usdAt(String model, String tier) {
            return BUILT_IN.costOf(call(model, 1_000_000, 0).toBuilder()
                            .serviceTier(tier)
                            .build())
                    .usd();
        }
    }

    /** The model, and how old its price is. */
    @Nested
    class Matching {

        @Test
        void genaiPrices471_aNewModelIsBilledAsTheOneWhoseNameItBeginsWith() {
            assertThat(BUILT_IN.priceOf("gpt-5.6-sol").orElseThrow().model()).isEqualTo("gpt-5.6-sol");
            assertThat(BUILT_IN.priceOf("gpt-5.9-sol")).isEmpty();
            assertThat(BUILT_IN.priceOf("gpt-4o-audio-of-tomorrow")).isEmpty();
        }

        @Test
        void tokscale523_aModelIsBilledAsAnotherThatLooksAlike() {
            assertThat(BUILT_IN.priceOf("gpt-4o-maxi")).isEmpty();
            assertThat(BUILT_IN.priceOf("my-gpt-4o")).isEmpty();
            assertThat(BUILT_IN.priceOf("gpt4o")).isEmpty();
        }

        @Test
        void draftDetective730_aDatedSnapshotHasNoPriceOrThatOfAnotherModel() {
            assertThat(BUILT_IN.priceOf("gpt-4o-2030-01-31").orElseThrow().model())
                    .isEqualTo("gpt-4o");
            assertThat(BUILT_IN.priceOf("o3-pro-2025-06-10").orElseThrow().model())
                    .startsWith("o3-pro");
            assertThat(BUILT_IN.priceOf("claude-haiku-4-5-20251001")
                            .orElseThrow()
                            .model())
                    .startsWith("claude-haiku-4-5");
        }

        @Test
        void litellm36081_azureIsBilledAtThePricesOfOpenAi() {
            LlmCall azure = call("gpt4-turbo-eu", 1000, 0).toBuilder()
                    .provider("azure")
                    .answeredModel("gpt-4")
                    .build();
            PriceCatalog mapped = PriceCatalog.builder()
                    .deployments(Map.of("gpt4-turbo-eu", "gpt-4-turbo"))
                    .build();

            assertThat(BUILT_IN.costOf(azure)).isEqualTo(Cost.UNKNOWN);
            assertThat(mapped.costOf(azure).usd()).as("not gpt-4").isEqualByComparingTo("0.01");
        }

        /** Prices are never fetched: the list in the jar is the one there is, and it has the models of its day. */
        @Test
        void agenta7076_modelsOfThisYearCostNothingWithoutANetwork() {
            for (String model : List.of("gpt-6-astra", "gpt-6.1-sol", "gpt-6-luna", "gpt-5.6-terra", "gpt-5.5")) {
                assertThat(BUILT_IN.costOf(call(model, 1000, 1000)).usd())
                        .as(model)
                        .isPositive();
            }
        }

        @Test
        void litellmDocs497_aLongRequestCostsTheBasePriceOnceThatIsOverridden() {
            PriceCatalog prices = PriceCatalog.builder()
                    .list(PriceList.parse("prices", "model,component,price\ngpt-5.6-sol,input,3.5"))
                    .asOf(LocalDate.of(2026, 9, 1))
                    .build();

            assertThat(prices.costOf(call("gpt-5.6-sol", 1000, 0)).usd()).isEqualByComparingTo("0.0035");
            assertThat(prices.costOf(call("gpt-5.6-sol", 272_001, 0)).usd()).isEqualByComparingTo("2.176008");
        }

        /** That copies agree proves nothing: each row says which lists have it, and when it was looked at. */
        @Test
        void traceroot2051_anOldPriceIsConfirmedByOldCopies() {
            LocalDate checked = BUILT_IN.asOf();
            Cost cost = BUILT_IN.costOf(call("gpt-4o", 1, 0));

            assertThat(BUILT_IN.doubtsAbout(cost, checked.plusDays(45))).isEmpty();
            assertThat(BUILT_IN.doubtsAbout(cost, checked.plusDays(46)))
                    .containsExactly("the built-in list is of " + checked + ", 46 days ago");
            assertThat(cost.lines().get(0).row().source()).contains("+");
            assertThat(cost.lines().get(0).row().checked()).isNotNull();
        }
    }

    /** Tools, images, and what the service says itself. */
    @Nested
    class Fees {

        private static final String USAGE = "\"usage\":{\"input_tokens\":0,\"output_tokens\":0,\"total_tokens\":0}}";

        @Test
        void litellm31316_searchesInTheWebCostNothing() {
            LlmCall call = responses("""
                    {"type":"web_search_call","status":"completed","action":{"type":"search","query":"a"}},\
                    {"type":"web_search_call","status":"completed","action":{"type":"open_page"}},\
                    {"action":{"type":"find_in_page"},"type":"web_search_call"},\
                    {"type":"web_search_call","status":"completed"},\
                    {"type":"file_search_call","queries":["b"]}""");

            assertThat(call.toolCalls()).containsOnly(Map.entry("web_search", 2L), Map.entry("file_search", 1L));
            assertThat(BUILT_IN.costOf(call).usd()).isEqualByComparingTo("0.0225");
            assertThat(BUILT_IN.costOf(call).exactness()).isEqualTo(Cost.Exactness.EXACT);
        }

        @Test
        void litellm10384_aToolThatWasDeclaredAndNotUsedCosts() {
            LlmCall call = read(
                    "api.openai.com",
                    RESPONSES,
                    "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"tools\":[{\"type\":\"web_search\"}]}",
                    "{\"id\":\"r\",\"model\":\"gpt-4o\",\"output\":[{\"type\":\"message\"}],"
                            + "\"tools\":[{\"type\":\"web_search\"}]," + USAGE);

            assertThat(call.toolCalls()).isEmpty();
            assertThat(BUILT_IN.costOf(call)).isEqualTo(Cost.NOTHING);
        }

        @Test
        void litellm13847_imagesCostThePriceOfTextOrOfPixels() {
            LlmCall tokens = images("gpt-image-1", "", """
                    "usage":{"input_tokens":1000000,"output_tokens":1000000,"total_tokens":2000000,\
                    "input_tokens_details":{"text_tokens":400000,"image_tokens":600000}}""");
            LlmCall pieces = images("dall-e-3", ",\"quality\":\"hd\",\"size\":\"1024x1792\"", "\"created\":1");
            LlmCall usual = images("dall-e-3", "", "\"created\":1");
            LlmCall old = images("dall-e-2", ",\"size\":\"256x256\",\"n\":2", "\"created\":1");

            assertThat(BUILT_IN.costOf(tokens).usd()).isEqualByComparingTo("48");
            assertThat(BUILT_IN.costOf(pieces).usd()).isEqualByComparingTo("0.24");
            assertThat(BUILT_IN.costOf(usual).usd()).isEqualByComparingTo("0.08");
            assertThat(BUILT_IN.costOf(old).usd()).isEqualByComparingTo("0.032");
        }

        @Test
        void litellm38802_theCostThatTheServiceReportsIsIgnored() {
            LlmCall call = openAi("gpt-4o", """
                    "prompt_tokens":1000,"completion_tokens":0,"total_tokens":1000,"cost":0.00375""");
            Cost cost = BUILT_IN.costOf(call);

            assertThat(cost.usd()).isEqualByComparingTo("0.00375");
            assertThat(cost.isReportedByService()).isTrue();
            assertThat(cost.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line.list()).isEqualTo("the service's own figure"));
        }

        private static LlmCall responses(String items) {
            return read(
                    "api.openai.com",
                    RESPONSES,
                    "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}",
                    "{\"id\":\"r\",\"model\":\"gpt-4o\",\"output\":[" + items + "]," + USAGE);
        }

        private static LlmCall images(String model, String more, String rest) {
            return read(
                    "api.openai.com",
                    "/v1/images/generations",
                    "{\"model\":\"" + model + "\",\"prompt\":\"a tree\"" + more + "}",
                    "{\"data\":[{\"url\":\"x\"},{\"url\":\"y\"}]," + rest + "}");
        }
    }

    /** Sums, and what is added twice. */
    @Nested
    class Sums {

        @Test
        void genblaze63_amountsHaveRestsOfBinaryFractionsAndSmallOnesAreShownAsNothing() {
            Cost ten = Cost.sum(Collections.nCopies(10, BUILT_IN.costOf(call("gpt-4o-mini", 1, 0))));

            assertThat(ten).hasToString("$0.0000015");
            assertThat(ten.readable()).isEqualTo("$0.0000015");
            assertThat(Usd.atLeastVisible(ten.usd(), 5)).isEqualTo("<$0.00001");
        }

        @Test
        void vibeCodingTracker226_aRestOfSubtractionLeavesALine() {
            Cost cost = BUILT_IN.costOf(call("gpt-4o", new TokenCounts(1000, 1000, 0, 0, 0, 0, 0)));

            assertThat(cost.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line.component()).isEqualTo(PriceComponent.CACHED_INPUT));
        }

        /** Hooks leave calls that pass an endpoint to the endpoint; whatever else repeats an answer is known by its id. */
        @Test
        void langfuse1872_twoLayersRecordTheSameCall() {
            LlmCall once = call("gpt-4o", 1000, 0).toBuilder()
                    .origin(Origin.LIVE)
                    .responseId("c")
                    .requestDigest("d")
                    .build();
            UsageLedger ledger = ledger();
            ledger.record(once);
            ledger.record(once);

            assertThat(ledger.usage().cost().usd()).isEqualByComparingTo("0.0025");
        }

        @Test
        void langfuse2112_aReplayedCallCostsMoney() {
            TokenUsage usage = usage(call("gpt-4o", 1000, 0));

            assertThat(usage.cost().usd()).isEqualByComparingTo("0.0025");
            assertThat(usage.incurredCost()).isEqualTo(Cost.NOTHING);
        }

        @Test
        void caura859_attemptsBelowTheRecorderAreNotSeen() {
            LlmCall attempt = call("gpt-4o", 1000, 0);
            TokenUsage usage = usage(
                    attempt.toBuilder().responseId("a").build(),
                    attempt.toBuilder().responseId("b").build(),
                    attempt.toBuilder().responseId("c").build());

            assertThat(usage.calls()).hasSize(3);
            assertThat(usage.cost().usd()).isEqualByComparingTo("0.0075");
        }
    }

    /** What the callback of a well-known framework does. */
    @Nested
    class Callbacks {

        @Test
        void langchain28882_aModelWithoutACachedPriceThrowsAndTheCallIsLost() {
            for (String model : List.of("o1-pro", "gpt-4o-audio-preview", "gpt-4o-search-preview")) {
                LlmCall call = call(model, new TokenCounts(1000, 500, 0, 0, 10, 0, 0));

                assertThatCode(() -> BUILT_IN.costOf(call)).doesNotThrowAnyException();
                assertThat(BUILT_IN.costOf(call).usd())
                        .isEqualByComparingTo(
                                BUILT_IN.costOf(call(model, 1000, 10)).usd());
            }
        }

        @Test
        void langchain6869_embeddingsAreNeverCounted() {
            assertThat(usage(embeddings()).cost().usd()).isEqualByComparingTo("0.0000002");
        }
    }

    private static LlmCall embeddings() {
        return read(
                "api.openai.com",
                "/v1/embeddings",
                "{\"model\":\"text-embedding-3-small\",\"input\":\"ten tokens\"}",
                "{\"object\":\"list\",\"data\":[{\"embedding\":[0.1]}],\"model\":\"text-embedding-3-small\","
                        + "\"usage\":{\"prompt_tokens\":10,\"total_tokens\":10}}");
    }

    private static LlmCall openAi(String model, String usage) {
        return read(
                "api.openai.com",
                CHAT,
                "{\"model\":\"" + model + "\",\"messages\":[]}",
                "{\"id\":\"c\",\"model\":\"" + model + "\",\"choices\":[],\"usage\":{" + usage + "}}");
    }

    private static LlmCall anthropic(String model, String usage) {
        return read(
                "api.anthropic.com",
                MESSAGES,
                "{\"model\":\"" + model + "\",\"messages\":[]}",
                "{\"id\":\"m\",\"type\":\"message\",\"model\":\"" + model + "\",\"content\":[],\"usage\":{" + usage
                        + "}}");
    }

    private static LlmCall gemini(String model, String usage) {
        return read(
                "generativelanguage.googleapis.com",
                "/v1beta/models/" + model + ":generateContent",
                "{\"contents\":[]}",
                "{\"modelVersion\":\"" + model + "\",\"candidates\":[],\"usageMetadata\":{" + usage + "}}");
    }

    private static LlmCall read(String host, String path, String request, String answer) {
        return read(host, path, request, answer, CallStatus.COMPLETE);
    }

    private static LlmCall read(String host, String path, String request, String answer, CallStatus status) {
        HttpExchange.Request sent = request(host, path, request);
        UsageReader reader = FORMATS.find(sent).orElseThrow().open(sent);
        reader.begin(new HttpExchange.Response(200, List.of()));
        byte[] bytes = answer.getBytes(UTF_8);
        reader.accept(bytes, 0, bytes.length);
        return reader.finish(status);
    }

    private static HttpExchange.Request request(String host, String path, String body) {
        return new HttpExchange.Request("POST", path, List.of(), body.getBytes(UTF_8), host);
    }

    private static UsageLedger ledger() {
        return new UsageLedger(BUILT_IN, Duration.ZERO);
    }

    private static TokenUsage usage(LlmCall... calls) {
        UsageLedger ledger = ledger();
        List.of(calls).forEach(ledger::record);
        return ledger.usage();
    }

    private static List<BudgetBreach> breaches(PriceCatalog prices, String maxCost, LlmCall call) {
        UsageLedger ledger = new UsageLedger(prices, Duration.ZERO);
        ledger.record(call);
        Limit limit = new Limit(Metric.COST, new BigDecimal(maxCost), "@MaxCost(" + maxCost + ")", "a test");
        return new Budget(List.of(limit), BudgetPolicy.DEFAULT).check(ledger.usage());
    }
}
