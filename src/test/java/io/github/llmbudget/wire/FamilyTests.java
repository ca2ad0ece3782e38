package io.github.llmbudget.wire;

import static io.github.llmbudget.wire.Answers.chat;
import static io.github.llmbudget.wire.Answers.chatStream;
import static io.github.llmbudget.wire.Answers.cutInPieces;
import static io.github.llmbudget.wire.Answers.head;
import static io.github.llmbudget.wire.Answers.post;
import static io.github.llmbudget.wire.Answers.readInPieces;
import static io.github.llmbudget.wire.Answers.response;
import static io.github.llmbudget.wire.Answers.to;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each family of services tells in its own way, as far as the recorded answers do not hold it. */
class FamilyTests {

    private static final HttpExchange.Request IMAGES =
            post("/v1/images/generations", "{\"model\":\"gpt-image-1\",\"prompt\":\"a tree\"}");

    /** The services that speak like OpenAI's chat completions, each with words of its own. */
    @Nested
    class Completions {

        @Test
        void addsTheReasoningOfXaiThatStandsBesideTheOutput() {
            LlmCall call = chatOf("""
                    "prompt_tokens":32,"completion_tokens":9,"total_tokens":135,\
                    "prompt_tokens_details":{"text_tokens":32,"audio_tokens":0,"image_tokens":0,"cached_tokens":6},\
                    "completion_tokens_details":{"reasoning_tokens":94,"audio_tokens":0}""");

            assertThat(call.tokens()).isEqualTo(new TokenCounts(32, 6, 0, 0, 103, 94, 0));
            assertThat(call.tokens().total()).isEqualTo(135);
            assertThat(call.anomalies()).isEmpty();
        }

        @Test
        void addsTheAudioOfMistralThatStandsBesideTheInput() {
            LlmCall call = chatOf("""
                    "prompt_tokens":9,"completion_tokens":248,"total_tokens":632,"prompt_audio_seconds":30,\
                    "prompt_tokens_details":{"audio_tokens":375,"cached_tokens":0},"service_tier":"default\"""");

            assertThat(call.tokens()).isEqualTo(new TokenCounts(384, 0, 0, 375, 248, 0, 0));
            assertThat(call.serviceTier()).isEqualTo("default");
            assertThat(call.anomalies()).isEmpty();
        }

        @Test
        void takesTheThinkingThatGeminiHidesForOutput() {
            LlmCall call = readInPieces(
                    to(
                            "generativelanguage.googleapis.com",
                            "/v1beta/openai/chat/completions",
                            "{\"model\":\"gemini-2.5-pro\",\"messages\":[]}"),
                    """
                    {"model":"gemini-2.5-pro","choices":[{"index":0,"message":{"content":"Hi"}}],\
                    "usage":{"prompt_tokens":7,"completion_tokens":20,"total_tokens":527}}""");

            assertThat(call.tokens()).isEqualTo(TokenCounts.of(7, 520));
            assertThat(call.anomalies())
                    .containsExactly("the total of 527 exceeds input and output by 500, which is taken as output");
            assertThat(call.provider()).isEqualTo("gemini");
        }

        @Test
        void readsTheUsageThatGroqPutsAsideIfThereIsNoOther() {
            LlmCall call = readInPieces(chatStream(), """
                    data: {"id":"chatcmpl-1","model":"llama-3.3-70b-versatile","choices":[{"index":0,"delta":\
                    {"role":"assistant","content":""}}],"x_groq":{"id":"req_1"}}

                    data: {"id":"chatcmpl-1","model":"llama-3.3-70b-versatile","choices":[{"index":0,"delta":{},\
                    "finish_reason":"stop"}],"x_groq":{"id":"req_1","usage":{"queue_time":0.06,"prompt_tokens":37,\
                    "prompt_time":0.01,"completion_tokens":12,"completion_time":0.04,"total_tokens":49,\
                    "total_time":0.05,"prompt_tokens_details":{"cached_tokens":5}}}}

                    data: [DONE]

                    """);

            assertThat(call.tokens()).isEqualTo(new TokenCounts(37, 5, 0, 0, 12, 0, 0));
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        }

        @Test
        void takesTheLastOfTheRunningTotalsOfPerplexityWithItsCost() {
            String chunk = """
                    data: {"id":"p1","model":"sonar","object":"chat.completion.chunk","choices":[{"index":0,\
                    "delta":{"content":"word"}}],"usage":{"prompt_tokens":8,"completion_tokens":%1$d,\
                    "total_tokens":%2$d,"search_context_size":"low"%3$s}}

                    """;
            String stream = (chunk.formatted(1, 9, "") + chunk.formatted(2, 10, "") + chunk.formatted(3, 11, """
                                    ,"num_search_queries":2,"cost":{"input_tokens_cost":0.000008,\
                                    "output_tokens_cost":0.000003,"request_cost":0.005,"total_cost":0.005011}"""))
                    .replace("\n", "\r\n");
            LlmCall call = readInPieces(chatStream(), stream);

            assertThat(call.tokens()).isEqualTo(TokenCounts.of(8, 3));
            assertThat(call.reportedCost()).isEqualByComparingTo("0.005011");
            assertThat(call.toolCalls()).isEqualTo(Map.of("web_search", 2L));

            LlmCall broken = cutInPieces(chatStream(), stream.substring(0, stream.indexOf("\"total_tokens\":11")));
            assertThat(broken.status()).isEqualTo(CallStatus.CUT);
            assertThat(broken.tokens().input()).as("what was seen last").isEqualTo(8);
            assertThat(broken.tokens().output()).isBetween(2L, 3L);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "DeepSeek|\"prompt_cache_hit_tokens\":64,\"prompt_cache_miss_tokens\":36",
                    "DeepSeek, twice|\"prompt_cache_hit_tokens\":64,\"prompt_cache_miss_tokens\":36,"
                            + "\"prompt_tokens_details\":{\"cached_tokens\":64}",
                    "Moonshot|\"cached_tokens\":64",
                    "Mistral|\"num_cached_tokens\":64,\"prompt_tokens_details\":null",
                    "Fireworks|\"prompt_tokens_details\":{\"cached_tokens\":64}",
                    "Writer|\"prompt_token_details\":{\"cached_tokens\":64}"
                })
        void readsTheCachedInputUnderEachOfItsNames(String service, String cached) {
            LlmCall call = chatOf("\"prompt_tokens\":100,\"completion_tokens\":5,\"total_tokens\":105," + cached);

            assertThat(call.tokens()).as(service).isEqualTo(new TokenCounts(100, 64, 0, 0, 5, 0, 0));
            assertThat(call.anomalies()).isEmpty();
        }

        @Test
        void readsTheDetailsOfWriterAtItsOwnPath() {
            LlmCall call = readInPieces(
                    to("api.writer.com", "/v1/chat", "{\"model\":\"palmyra-x5\",\"messages\":[],\"stream\":true}"),
                    """
                            data: {"id":"w1","object":"chat.completion.chunk","model":"palmyra-x5","choices":[{"index":0,\
                            "delta":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,\
                            "total_tokens":32,"completion_tokens":20,"prompt_token_details":{"cached_tokens":3},\
                            "completion_tokens_details":{"reasoning_tokens":6}}}

                            """);

            assertThat(call.tokens()).isEqualTo(new TokenCounts(12, 3, 0, 0, 20, 6, 0));
            assertThat(call.provider()).isEqualTo("writer");
            assertThat(call.operation()).isEqualTo(Operation.CHAT);
        }

        @Test
        void readsWhatOpenRouterSaysACallCost() {
            String usage = "\"prompt_tokens\":19,\"completion_tokens\":10,\"total_tokens\":29,\"cost\":0.00095";

            assertThat(chatOf(usage).reportedCost()).isEqualByComparingTo("0.00095");
            assertThat(chatOf(usage + """
                            ,"is_byok":false,"cost_details":{"upstream_inference_cost":null}""").reportedCost()).isEqualByComparingTo("0.00095");
            assertThat(chatOf(usage + """
                            ,"is_byok":false,"cost_details":{"upstream_inference_cost":0.00095}""").reportedCost())
                    .as("the same money by another name")
                    .isEqualByComparingTo("0.00095");
            assertThat(chatOf(usage + """
                            ,"is_byok":true,"cost_details":{"upstream_inference_cost":0.019}""").reportedCost())
                    .as("the fee, and what the other service bills")
                    .isEqualByComparingTo("0.01995");
        }

        @Test
        void readsTheTicksOfXai() {
            assertThat(chatOf("""
                            "prompt_tokens":19,"completion_tokens":10,"total_tokens":29,"num_sources_used":2,\
                            "cost_in_usd_ticks":158500000""").reportedCost()).isEqualByComparingTo("0.01585");

            LlmCall images = readInPieces(IMAGES, """
                    {"data":[{"url":"https://imgen.x.ai/1.png"}],"usage":{"cost_in_usd_ticks":700000000}}""");
            assertThat(images.reportedCost()).isEqualByComparingTo("0.07");
            assertThat(images.countSource()).isEqualTo(CountSource.UNKNOWN);
        }

        @Test
        void readsWhatGatewaysSayACallCost() {
            LlmCall call = readInPieces(
                    chat(),
                    head(200, "X-LiteLLM-Response-Cost: 0.000042"),
                    "{\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":10}}".getBytes(UTF_8),
                    CallStatus.COMPLETE);

            assertThat(call.reportedCost()).isEqualByComparingTo("0.000042");
            assertThat(readInPieces(
                                    chat(),
                                    head(200, "x-litellm-response-cost: None"),
                                    "{}".getBytes(UTF_8),
                                    CallStatus.COMPLETE)
                            .reportedCost())
                    .isNull();
            assertThat(chatOf("\"pydantic_ai_gateway\":{\"cost_estimate\":0.0007}")
                            .reportedCost())
                    .isEqualByComparingTo("0.0007");
        }

        @Test
        void takesTheModelOfAzureFromTheAnswerAndTheDeploymentFromThePath() {
            LlmCall call = readInPieces(
                    to(
                            "example.openai.azure.com",
                            "//openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21",
                            "{\"stream\":true,\"messages\":[]}"),
                    """
                    data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[\
                    {"prompt_index":0,"content_filter_results":{}}]}

                    data: {"choices":[{"content_filter_results":{},"delta":{"content":"Hi"},"finish_reason":null,\
                    "index":0}],"created":1,"id":"chatcmpl-1","model":"gpt-4o-2024-11-20","usage":null}

                    data: {"choices":[{"content_filter_offsets":{},"finish_reason":null,"index":0}],"id":"","model":""}

                    data: {"choices":[],"id":"chatcmpl-1","model":"gpt-4o-2024-11-20","usage":{"completion_tokens":10,\
                    "prompt_tokens":19,"total_tokens":29,"latency_checkpoint":{"engine_tbt_ms":5,"total_tokens":77}}}

                    data: [DONE]

                    """);

            assertThat(call.requestedModel()).isEqualTo("my gpt");
            assertThat(call.answeredModel()).isEqualTo("gpt-4o-2024-11-20");
            assertThat(call.responseId()).isEqualTo("chatcmpl-1");
            assertThat(call.provider()).isEqualTo("azure");
            assertThat(call.tokens()).isEqualTo(TokenCounts.of(19, 10));
        }

        @Test
        void takesTheTotalOfVoyageForInput() {
            LlmCall call = readInPieces(
                    to("api.voyageai.com", "/v1/embeddings", "{\"model\":\"voyage-3\",\"input\":[\"x\"]}"), """
                            {"object":"list","data":[{"object":"embedding","embedding":[0.1,-2e-3],"index":0}],\
                            "model":"voyage-3","usage":{"total_tokens":8}}""");

            assertThat(call.tokens()).isEqualTo(TokenCounts.of(8, 0));
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(call.anomalies()).isEmpty();
            assertThat(readInPieces(post("/v1/rerank", "{\"model\":\"rerank-2\"}"), """
                                    {"object":"list","data":[],"model":"rerank-2","usage":{"total_tokens":26}}""")
                            .tokens())
                    .isEqualTo(TokenCounts.of(26, 0));
        }

        private LlmCall chatOf(String usage) {
            return readInPieces(
                    chat(),
                    "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"}}],"
                            + "\"usage\":{" + usage + "}}");
        }
    }

    /** OpenAI's other operations. */
    @Nested
    class OpenAi {

        @ParameterizedTest
        @CsvSource({"incomplete, COMPLETE", "failed, FAILED", "cancelled, COMPLETE"})
        void readsTheUsageOfAResponseThatDidNotEndWell(String status, CallStatus expected) {
            LlmCall call = readInPieces(post("/v1/responses", "{\"model\":\"o3\",\"input\":\"x\"}"), """
                    {"id":"resp_1","object":"response","status":"%s","model":"o3-2025-04-16","error":%s,\
                    "incomplete_details":{"reason":"max_output_tokens"},"output":[{"type":"reasoning"}],\
                    "usage":{"input_tokens":26,"input_tokens_details":{"cached_tokens":0},"output_tokens":16,\
                    "output_tokens_details":{"reasoning_tokens":16},"total_tokens":42}}""".formatted(
                            status, status.equals("failed") ? "{\"code\":\"server_error\"}" : "null"));

            assertThat(call.status()).isEqualTo(expected);
            assertThat(call.tokens()).isEqualTo(new TokenCounts(26, 0, 0, 0, 16, 16, 0));
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        }

        @Test
        void countsTheToolsThatItRanAndBillsOnceAndNoneOfTheCallers() {
            String output = """
                    "output":[{"type":"reasoning","summary":[]},{"type":"web_search_call","status":"completed"},\
                    {"type":"web_search_call","status":"completed"},{"type":"file_search_call","results":null},\
                    {"type":"code_interpreter_call","code":"1+1"},{"type":"function_call","name":"f"},\
                    {"type":"message","content":[{"type":"output_text","text":"Hi"}]}]""";
            LlmCall streamed = readInPieces(response(), """
                    event: response.output_item.added
                    data: {"type":"response.output_item.added","output_index":1,"item":{"type":"web_search_call"}}

                    event: response.output_item.done
                    data: {"type":"response.output_item.done","output_index":1,"item":{"type":"web_search_call"}}

                    event: response.completed
                    data: {"type":"response.completed","response":{"id":"resp_1","status":"completed",%s,\
                    "usage":{"input_tokens":19,"output_tokens":10,"total_tokens":29}}}

                    """.formatted(output));
            LlmCall whole = readInPieces(
                    response(),
                    "{\"id\":\"resp_1\",\"status\":\"completed\"," + output
                            + ",\"usage\":{\"input_tokens\":19,\"output_tokens\":10,\"total_tokens\":29}}");

            assertThat(streamed.toolCalls())
                    .isEqualTo(Map.of("web_search", 2L, "file_search", 1L, "code_interpreter", 1L));
            assertThat(whole.toolCalls()).isEqualTo(streamed.toolCalls());
        }

        @Test
        void believesTheServiceThatCountsItsToolsItself() {
            LlmCall call = readInPieces(response(), """
                    {"id":"r1","status":"completed","model":"grok-4","output":[{"type":"web_search_call"}],\
                    "usage":{"input_tokens":19,"output_tokens":10,"output_tokens_details":{"reasoning_tokens":7},\
                    "total_tokens":29,"num_sources_used":0,"num_server_side_tools_used":5,\
                    "cost_in_usd_ticks":158500000,"server_side_tool_usage_details":{"web_search_calls":3,\
                    "x_search_calls":2,"code_interpreter_calls":0,"file_search_calls":0,"mcp_calls":0}}}""");

            assertThat(call.toolCalls()).isEqualTo(Map.of("web_search", 3L, "x_search", 2L));
            assertThat(call.tokens()).as("reasoning is a part here").isEqualTo(new TokenCounts(19, 0, 0, 0, 10, 7, 0));
            assertThat(call.reportedCost()).isEqualByComparingTo("0.01585");
        }

        @Test
        void readsTheTokensOfImagesWhereTheModelTellsThem() {
            LlmCall told = readInPieces(IMAGES, """
                    {"created":1,"background":"opaque","data":[{"b64_json":"aGk="}],"size":"1024x1024",\
                    "usage":{"input_tokens":50,"input_tokens_details":{"image_tokens":40,"text_tokens":10},\
                    "output_tokens":272,"total_tokens":322}}""");
            LlmCall untold = readInPieces(
                    post("/v1/images/generations", "{\"model\":\"dall-e-3\",\"prompt\":\"a tree\"}"),
                    "{\"created\":1,\"data\":[{\"revised_prompt\":\"a green tree\",\"url\":\"https://x\"}]}");

            assertThat(told.tokens()).isEqualTo(new TokenCounts(50, 0, 0, 0, 0, 40, 272, 0, 0, 0));
            assertThat(told.model()).as("the answer names none").isEqualTo("gpt-image-1");
            assertThat(untold.countSource()).isEqualTo(CountSource.UNKNOWN);
            assertThat(untold.isUncounted()).isTrue();
            assertThat(untold.countNote()).isEqualTo("the answer came without usage");
        }

        @Test
        void readsTheTokensOfSpeechFromItsEventStreamOnly() {
            LlmCall streamed = readInPieces(
                    post(
                            "/v1/audio/speech",
                            "{\"model\":\"gpt-4o-mini-tts\",\"input\":\"Hi\",\"stream_format\":\"sse\"}"),
                    """
                    data: {"type":"speech.audio.delta","audio":"//PExA=="}

                    data: {"type":"speech.audio.done","usage":{"input_tokens":14,"output_tokens":101,"total_tokens":115}}

                    """);
            LlmCall audio = readInPieces(
                    post("/v1/audio/speech", "{\"model\":\"tts-1\",\"input\":\"Hi\"}"),
                    head(200, "Content-Type: audio/mpeg"),
                    new byte[] {(byte) 0xFF, (byte) 0xF3, (byte) 0xE4, (byte) 0xC4, 0, 0x5B, 0x7B, '\n', '"'},
                    CallStatus.COMPLETE);

            assertThat(streamed.tokens()).isEqualTo(TokenCounts.of(14, 101));
            assertThat(streamed.streaming()).isTrue();
            assertThat(audio.countSource()).isEqualTo(CountSource.UNKNOWN);
            assertThat(audio.isUncounted()).isTrue();
            assertThat(audio.streaming()).isFalse();
        }

        @Test
        void readsTheTokensOrTheLengthOfATranscription() {
            HttpExchange.Request request = form();
            LlmCall tokens = readInPieces(request, """
                    {"text":"Hello","usage":{"type":"tokens","total_tokens":123,"input_tokens":23,\
                    "input_token_details":{"text_tokens":3,"audio_tokens":20},"output_tokens":100}}""");
            LlmCall duration =
                    readInPieces(request, "{\"text\":\"Hello\",\"usage\":{\"type\":\"duration\",\"seconds\":9}}");
            LlmCall verbose = readInPieces(request, """
                    {"task":"transcribe","language":"english","duration":8.470000267028809,"text":"Hello",\
                    "segments":[{"id":0,"start":0.0,"end":3.3,"tokens":[50364,440],"temperature":0.0}]}""");
            LlmCall text = readInPieces(request, "Hello there\n");

            assertThat(tokens.tokens()).isEqualTo(new TokenCounts(23, 0, 0, 20, 100, 0, 0));
            assertThat(tokens.audioDuration()).isNull();
            assertThat(duration.audioDuration()).isEqualTo(Duration.ofSeconds(9));
            assertThat(duration.countNote()).isEqualTo("the service bills the length of the audio, not tokens");
            assertThat(verbose.audioDuration()).isEqualTo(Duration.ofMillis(8470));
            assertThat(List.of(duration, verbose, text)).allMatch(LlmCall::isUncounted);
        }

        @Test
        void takesTheModelFromAForm() {
            LlmCall call = readInPieces(form(), "{\"text\":\"Hello\"}");

            assertThat(call.requestedModel()).isEqualTo("gpt-4o-transcribe");
            assertThat(call.streaming()).isTrue();
        }

        private HttpExchange.Request form() {
            return to(
                    "api.openai.com",
                    "/v1/audio/transcriptions",
                    """
                    --b7
                    Content-Disposition: form-data; name="file"; filename="model.wav"
                    Content-Type: audio/wav

                    name="model"
                    --b7
                    Content-Disposition: form-data; name="model"

                    gpt-4o-transcribe
                    --b7
                    Content-Disposition: form-data; name="stream"

                    true
                    --b7--
                    """.replace("\n", "\r\n"),
                    "Content-Type: multipart/form-data; boundary=b7");
        }

        @Test
        void knowsNotWhatABatchUsesBeforeItsWorkIsDone() {
            LlmCall begun = readInPieces(
                    post("/v1/batches", "{\"endpoint\":\"/v1/chat/completions\"}"), batch("validating", 0, 0));
            LlmCall underWay = readInPieces(getBatch(), batch("in_progress", 400, 20));
            LlmCall done = readInPieces(getBatch(), batch("completed", 1000, 50));

            for (LlmCall call : List.of(begun, underWay)) {
                assertThat(call.countSource()).isEqualTo(CountSource.UNKNOWN);
                assertThat(call.isUncounted()).isTrue();
                assertThat(call.countNote()).isEqualTo("the service answered before the work was done");
            }
            assertThat(done.tokens()).isEqualTo(new TokenCounts(1000, 100, 0, 0, 50, 30, 0));
            assertThat(done.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(done.responseId()).isEqualTo(begun.responseId()).isEqualTo("batch_1");
            assertThat(done.model()).isEqualTo("gpt-5-2025-08-07");
        }

        private HttpExchange.Request getBatch() {
            return new HttpExchange.Request("GET", "/v1/batches/batch_1", List.of(), new byte[0]);
        }

        private String batch(String status, int input, int output) {
            return """
                    {"id":"batch_1","object":"batch","endpoint":"/v1/chat/completions","model":"gpt-5-2025-08-07",\
                    "errors":null,"status":"%s","request_counts":{"total":0,"completed":0,"failed":0},\
                    "usage":{"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d},"output_tokens":%d,\
                    "output_tokens_details":{"reasoning_tokens":%d},"total_tokens":%d}}""".formatted(status, input, input / 10, output, output * 3 / 5, input + output);
        }

        @Test
        void countsARunOnceThoughItsStepsTellTheirSharesToo() {
            String usage = "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}";
            String stream = """
                    event: thread.run.created
                    data: {"id":"run_1","object":"thread.run","status":"queued","model":"gpt-4o","usage":null}

                    event: thread.run.step.completed
                    data: {"id":"step_1","object":"thread.run.step","run_id":"run_1","status":"completed",%s}

                    event: thread.run.step.completed
                    data: {"id":"step_2","object":"thread.run.step","run_id":"run_1","status":"completed",%s}

                    event: thread.run.completed
                    data: {"id":"run_1","object":"thread.run","status":"completed","model":"gpt-4o",%s}

                    event: done
                    data: [DONE]

                    """.formatted(
                    usage.formatted(200, 17, 217), usage.formatted(230, 25, 255), usage.formatted(430, 42, 472));
            LlmCall call = readInPieces(
                    post("/v1/threads/thread_1/runs", "{\"assistant_id\":\"asst_1\",\"stream\":true}"), stream);

            assertThat(call.tokens()).isEqualTo(TokenCounts.of(430, 42));
            assertThat(call.tokens().total()).isEqualTo(472);
            assertThat(call.responseId()).isEqualTo("run_1");
            assertThat(call.model()).isEqualTo("gpt-4o");
        }
    }

    @Nested
    class Anthropic {

        private static final HttpExchange.Request MESSAGES =
                post("/v1/messages", "{\"model\":\"claude-opus-4-6\",\"messages\":[]}");

        @Test
        void addsCompactionsThatAreBilledBeside() {
            LlmCall call = messageWith("""
                    "input_tokens":500,"output_tokens":112,"iterations":[\
                    {"type":"compaction","input_tokens":60000,"output_tokens":385,"cache_read_input_tokens":0},\
                    {"type":"message","input_tokens":500,"output_tokens":112}]""");

            assertThat(call.tokens()).isEqualTo(TokenCounts.of(60_500, 497));
            assertThat(call.tokens().total()).isEqualTo(60_385 + 612);
            assertThat(call.anomalies()).isEmpty();
        }

        @Test
        void addsAdvisorsAndTellsOfTheirModel() {
            LlmCall call = messageWith("""
                    "input_tokens":500,"output_tokens":112,"iterations":[\
                    {"type":"message","model":"claude-haiku-4-5","input_tokens":300,"output_tokens":50},\
                    {"type":"advisor_message","model":"claude-opus-4-6","input_tokens":900,"output_tokens":100,\
                    "cache_read_input_tokens":20,"cache_creation_input_tokens":10},\
                    {"type":"message","model":"claude-haiku-4-5","input_tokens":200,"output_tokens":62}]""");

            assertThat(call.tokens()).isEqualTo(new TokenCounts(1430, 20, 10, 0, 212, 0, 0));
            assertThat(call.anomalies())
                    .containsExactly("among the 1030 tokens beside the answer are some of the model claude-opus-4-6");
        }

        @Test
        void countsTheOtherIterationsNotAgain() {
            assertThat(messageWith("""
                            "input_tokens":412,"output_tokens":264,"iterations":[\
                            {"type":"message","input_tokens":408,"output_tokens":0},\
                            {"type":"fallback_message","input_tokens":412,"output_tokens":264}]""").tokens()).isEqualTo(TokenCounts.of(412, 264));
        }

        @Test
        void tellsCacheWritesOfFiveMinutesFromThoseOfAnHour() {
            String parts = """
                    "input_tokens":4,"cache_read_input_tokens":1000,"output_tokens":9,\
                    "cache_creation":{"ephemeral_5m_input_tokens":456,"ephemeral_1h_input_tokens":100}""";
            TokenCounts expected = new TokenCounts(1560, 1000, 556, 100, 0, 0, 9, 0, 0, 0);

            assertThat(messageWith(parts + ",\"cache_creation_input_tokens\":556")
                            .tokens())
                    .isEqualTo(expected);
            assertThat(messageWith(parts).tokens()).isEqualTo(expected);
            assertThat(messageWith("\"input_tokens\":4,\"cache_creation_input_tokens\":556,\"output_tokens\":9")
                            .tokens())
                    .isEqualTo(new TokenCounts(560, 0, 556, 0, 9, 0, 0));
        }

        @Test
        void countsTheToolsOfTheService() {
            LlmCall call = messageWith("""
                    "input_tokens":4,"output_tokens":9,"output_tokens_details":{"thinking_tokens":5},\
                    "server_tool_use":{"web_search_requests":2,"web_fetch_requests":1,"code_execution_requests":0},\
                    "service_tier":"batch","inference_geo":"not_available\"""");

            assertThat(call.toolCalls()).isEqualTo(Map.of("web_search", 2L, "web_fetch", 1L));
            assertThat(call.tokens()).isEqualTo(new TokenCounts(4, 0, 0, 0, 9, 5, 0));
            assertThat(call.serviceTier()).isEqualTo("batch");
        }

        @Test
        void readsTheSameFromVertex() {
            String body = message("\"input_tokens\":19,\"cache_read_input_tokens\":5,\"output_tokens\":10");
            LlmCall call = readInPieces(
                    to(
                            "us-east5-aiplatform.googleapis.com",
                            "/v1/projects/p/locations/us-east5/publishers/anthropic/models/"
                                    + "claude-3-5-haiku@20241022:rawPredict",
                            "{\"anthropic_version\":\"vertex-2023-10-16\",\"messages\":[]}"),
                    body);

            assertThat(call.tokens())
                    .isEqualTo(readInPieces(MESSAGES, body).tokens())
                    .isEqualTo(new TokenCounts(24, 5, 0, 0, 10, 0, 0));
            assertThat(call.requestedModel()).isEqualTo("claude-3-5-haiku@20241022");
            assertThat(call.provider()).isEqualTo("vertex");
            assertThat(call.operation()).isEqualTo(Operation.CHAT);
        }

        private LlmCall messageWith(String usage) {
            return readInPieces(MESSAGES, message(usage));
        }

        private String message(String usage) {
            return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-haiku-4-5\","
                    + "\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"usage\":{"
                    + usage + "}}";
        }
    }

    @Nested
    class Gemini {

        private static final HttpExchange.Request CONTENT = post(
                "/v1beta/models/gemini-2.5-flash:generateContent", "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}");

        @Test
        void readsWhatEachModalityTook() {
            LlmCall call = readInPieces(CONTENT, """
                    {"candidates":[{"content":{"parts":[{"text":"Hi"}]},"index":0}],"usageMetadata":{\
                    "promptTokenCount":1000,"candidatesTokenCount":1300,"totalTokenCount":2300,\
                    "promptTokensDetails":[{"modality":"TEXT","tokenCount":10},{"tokenCount":732,"modality":"AUDIO"},\
                    {"modality":"IMAGE","tokenCount":258}],\
                    "candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":1290},{"modality":"AUDIO",\
                    "tokenCount":3}],"cacheTokensDetails":[{"modality":"TEXT","tokenCount":4}],\
                    "trafficType":"ON_DEMAND"},"modelVersion":"gemini-2.5-flash-image","responseId":"abc"}""");

            assertThat(call.tokens()).isEqualTo(new TokenCounts(1000, 0, 0, 0, 732, 258, 1300, 0, 3, 1290));
            assertThat(call.requestedModel()).isEqualTo("gemini-2.5-flash");
            assertThat(call.answeredModel()).isEqualTo("gemini-2.5-flash-image");
            assertThat(call.responseId()).isEqualTo("abc");
        }

        @Test
        void countsTheInputOfToolsAndTheThinking() {
            LlmCall call = readInPieces(CONTENT, """
                    {"usageMetadata":{"promptTokenCount":20,"toolUsePromptTokenCount":5000,"candidatesTokenCount":30,\
                    "thoughtsTokenCount":400,"cachedContentTokenCount":12,"totalTokenCount":5450}}""");

            assertThat(call.tokens()).isEqualTo(new TokenCounts(5020, 12, 0, 0, 430, 400, 0));
            assertThat(call.anomalies()).isEmpty();
        }

        @Test
        void countsTheSearchesThatGroundTheAnswer() {
            String grounding = """
                    {"candidates":[{"content":{"parts":[{"text":"Hi"}]},"groundingMetadata":{\
                    "webSearchQueries":["euro 2024 winner","who won"],"groundingChunks":[{"web":{"uri":"x"}}]}}],\
                    "usageMetadata":{"promptTokenCount":20,"candidatesTokenCount":30,"totalTokenCount":50}}""";

            assertThat(readInPieces(CONTENT, grounding).toolCalls()).isEqualTo(Map.of("web_search", 2L));
            assertThat(readInPieces(
                                    post("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", "{}"),
                                    ("data: " + grounding + "\r\n\r\n").repeat(2))
                            .toolCalls())
                    .as("repeated, not run again")
                    .isEqualTo(Map.of("web_search", 2L));
            assertThat(readInPieces(CONTENT, grounding.replace("\"webSearchQueries\"", "\"other\""))
                            .toolCalls())
                    .isEmpty();
        }

        @Test
        void readsAnErrorInsideAnArray() {
            LlmCall call = readInPieces(
                    post("/v1beta/models/gemini-2.5-flash:streamGenerateContent", "{}"),
                    "[{\n  \"error\": {\n    \"code\": 503,\n    \"status\": \"UNAVAILABLE\"\n  }\n}\n]\n");

            assertThat(call.status()).isEqualTo(CallStatus.FAILED);
            assertThat(call.tokens()).isEqualTo(TokenCounts.NONE);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"embedding\":{\"values\":[0.1]},\"usageMetadata\":{\"promptTokenCount\":9}}",
                    "{\"predictions\":[{\"embeddings\":{\"statistics\":{\"token_count\":4,\"truncated\":false}}},"
                            + "{\"embeddings\":{\"values\":[1],\"statistics\":{\"token_count\":5}}}]}"
                })
        void readsEmbeddings(String body) {
            assertThat(readInPieces(post("/v1beta/models/gemini-embedding-001:embedContent", "{}"), body)
                            .tokens())
                    .isEqualTo(TokenCounts.of(9, 0));
        }

        @Test
        void knowsNotWhatEmbeddingsUseThatTellNothing() {
            LlmCall call = readInPieces(
                    post("/v1beta/models/text-embedding-004:embedContent", "{\"content\":{}}"),
                    "{\"embedding\":{\"values\":[0.1,0.2]}}");

            assertThat(call.countSource()).isEqualTo(CountSource.UNKNOWN);
            assertThat(call.requestedModel()).isEqualTo("text-embedding-004");
        }
    }

    @Nested
    class Ollama {

        private static final String LAST = """
                {"model":"llama3.2","message":{"role":"assistant","content":"Hello there"},"done":true,\
                "done_reason":"stop","prompt_eval_count":26,"eval_count":298}
                """;

        @Test
        void readsALineAText() {
            LlmCall call = readInPieces(chatWith(""), """
                    {"model":"llama3.2","message":{"role":"assistant","content":"Hello"},"done":false}
                    {"model":"llama3.2","message":{"role":"assistant","content":" there"},"done":false}
                    """ + LAST);

            assertThat(call.tokens()).isEqualTo(TokenCounts.of(26, 298));
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(call.streaming()).as("unless told otherwise").isTrue();
            assertThat(call.provider()).isEqualTo("ollama");
        }

        @Test
        void readsAnAnswerThatIsNoStream() {
            LlmCall call = readInPieces(chatWith("\"stream\":false,"), LAST);

            assertThat(call.tokens()).isEqualTo(TokenCounts.of(26, 298));
            assertThat(call.streaming()).isFalse();
        }

        @Test
        void estimatesAPromptThatCameFromTheCache() {
            LlmCall call = readInPieces(chatWith(""), LAST.replace("\"prompt_eval_count\":26,", ""));

            assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
            assertThat(call.tokens().input()).isPositive().isLessThan(10);
            assertThat(call.tokens().output()).as("as it was told").isEqualTo(298);
            assertThat(readInPieces(
                                    chatWith(""),
                                    LAST.replace("\"eval_count\"", "\"prompt_eval_cached_count\":20,\"eval_count\""))
                            .tokens())
                    .isEqualTo(new TokenCounts(26, 20, 0, 0, 298, 0, 0));
        }

        @Test
        void readsAnErrorAmongTheLines() {
            LlmCall call = readInPieces(chatWith(""), "{\"error\":\"model runner has stopped\"}\n");

            assertThat(call.status()).isEqualTo(CallStatus.FAILED);
        }

        private HttpExchange.Request chatWith(String member) {
            return post(
                    "/api/chat",
                    "{\"model\":\"llama3.2\"," + member
                            + "\"messages\":[{\"role\":\"user\",\"content\":\"Why is the sky blue?\"}]}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "api.openai.com, openai",
                "API.OpenAI.com, openai",
                "eu.api.openai.com, openai",
                "api.openai.com.evil.example, openai-like",
                "notx.ai, openai-like",
                "example.openai.azure.com, azure",
                "example.services.ai.azure.com, azure",
                "example.cognitiveservices.azure.com, azure",
                "api.anthropic.com, anthropic",
                "generativelanguage.googleapis.com, gemini",
                "us-central1-aiplatform.googleapis.com, vertex",
                "aiplatform.googleapis.com, vertex",
                "api.groq.com, groq",
                "api.deepseek.com, deepseek",
                "openrouter.ai, openrouter",
                "api.mistral.ai, mistral",
                "api.x.ai, xai",
                "api.together.xyz, together",
                "api.fireworks.ai, fireworks",
                "api.perplexity.ai, perplexity",
                "api.cerebras.ai, cerebras",
                "ollama.com, ollama",
                "api.cohere.com, cohere",
                "bedrock-runtime.us-east-1.amazonaws.com, bedrock",
                "bedrock-mantle.us-east-1.api.aws, bedrock",
                "api.moonshot.ai, moonshot",
                "api.moonshot.cn, moonshot",
                "api.z.ai, zai",
                "open.bigmodel.cn, zai",
                "dashscope-intl.aliyuncs.com, alibaba",
                "api.voyageai.com, voyage",
                "api.writer.com, writer",
                "org-account.snowflakecomputing.com, snowflake",
                "router.huggingface.co, huggingface",
                "us.inference.heroku.com, heroku",
                "us-south.ml.cloud.ibm.com, watsonx",
                "localhost, openai-like",
                "none, openai-like"
            })
    void namesTheServiceByItsHost(@Nullable String host, String provider) {
        HttpExchange.Request request =
                new HttpExchange.Request("POST", "/v1/chat/completions", List.of(), "{}".getBytes(UTF_8), host);

        assertThat(readInPieces(request, "{}").provider())
                .isEqualTo(provider.equals("openai-like") ? "openai" : provider);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/openai/deployments/gpt-4o/chat/completions", "//openai/deployments/d/chat/completions?x=1"})
    void namesAzureByItsPathWhereTheHostTellsNothing(String path) {
        assertThat(readInPieces(post(path, "{}"), "{}").provider()).isEqualTo("azure");
    }
}
