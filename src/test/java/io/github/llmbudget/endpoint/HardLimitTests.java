package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.BudgetGate;
import io.github.llmbudget.budget.BudgetPolicy;
import io.github.llmbudget.budget.Intervention;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.OtherJvms;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.LocalUpstream;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.token.TokenCounter;
import io.github.llmbudget.usage.SpanAddresses;
import io.github.llmbudget.usage.UsageLedger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import okio.BufferedSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hard limits on their way to a service and back, with a service that writes as long as it is listened to. */
class HardLimitTests {

    private static final int CHUNKS = 1_000;
    private static final String CHUNK = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
            + "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},"
            + "\"finish_reason\":null}]}";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final EndpointServer server = EndpointServer.start();
    private final AtomicInteger written = new AtomicInteger();
    private final CountDownLatch brokenOff = new CountDownLatch(1);
    private BudgetGate gate = BudgetGate.open();
    private UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), PATIENCE);

    @AfterEach
    void stop() {
        server.close();
    }

    private TestEndpoint mock(Limit... limits) {
        enforce(limits);
        return server.openMock(new TestCalls(gate, ledger));
    }

    private TestEndpoint live(LocalUpstream upstream, Limit... limits) {
        enforce(limits);
        return server.openLive(new TestCalls(gate, ledger), new UpstreamTarget(upstream.baseUrl(), null));
    }

    private void enforce(Limit... limits) {
        gate = new BudgetGate(
                "HardLimitTests.test",
                "HardLimitTests.test",
                new Budget(List.of(limits), BudgetPolicy.DEFAULT),
                List.of(),
                null,
                PriceCatalog.builtIn(),
                new BudgetGate.Shared(new Object(), PATIENCE, OtherJvms.NONE));
        ledger = new UsageLedger(PriceCatalog.builtIn(), PATIENCE, gate, SpanAddresses.NONE);
    }

    private static Limit hard(Metric metric, String max) {
        return new Limit(metric, new BigDecimal(max), "@Hard(" + metric.label() + ")", "HardLimitTests").hardened();
    }

    /** A service that writes as fast as it is read, and notices when nobody reads any more. */
    private LocalUpstream writer(String event) {
        return LocalUpstream.plain(request -> LocalUpstream.stream(request, stream -> {
            try {
                for (int i = 0; i < CHUNKS; i++) {
                    stream.event(event);
                    written.incrementAndGet();
                    if (i > 100) {
                        Thread.sleep(1); // else all of it is in the buffers of the sockets at once
                    }
                }
                stream.event("[DONE]");
            } catch (IOException e) {
                brokenOff.countDown();
                throw e;
            }
        }));
    }

    @Test
    void cutsAStreamAtTheChunkThatCrossesTheLimit() throws Exception {
        try (LocalUpstream upstream = writer(CHUNK)) {
            TestEndpoint endpoint = live(upstream, hard(Metric.OUTPUT_TOKENS, "100"));

            String body = new TestClient(endpoint).chatStream("gpt-4o", "Hi").body();

            assertThat(chunks(body)).hasSizeBetween(99, 101);
            assertThat(body).doesNotContain("[DONE]");
            assertThat(lastEvent(body)).startsWith("data: {\"error\":{").contains("\"type\":\"budget_exceeded\"");
            assertThat(brokenOff.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(written).hasValueLessThan(CHUNKS);
        }
        assertThat(ledger.usage().calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.CUT);
            assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
            assertThat(call.tokens().input()).isEqualTo(8);
            assertThat(call.tokens().output()).isBetween(100L, 101L);
        });
        assertThat(gate.openPassages()).isZero();
        assertThat(gate.check(ledger.usage()))
                .extracting(BudgetBreach::kind)
                .containsAnyOf(BudgetBreach.Kind.EXCEEDED, BudgetBreach.Kind.CUT);
        assertThat(gate.interventions())
                .singleElement()
                .extracting(Intervention::kind)
                .isEqualTo(Intervention.Kind.CUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOKENS,108", "COST,0.00102"})
    void cutsAStreamWhereverTheLimitIsCrossedByOutput(String limit) {
        String[] parts = limit.split(",", -1);
        try (LocalUpstream upstream = writer(CHUNK)) {
            TestEndpoint endpoint = live(upstream, hard(Metric.valueOf(parts[0]), parts[1]));

            String body = new TestClient(endpoint).chatStream("gpt-4o", "Hi").body();

            assertThat(chunks(body)).hasSizeBetween(99, 101);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"word ", " word", "tok", "word17 ", "\\u00fc", "- "})
    void cutsWhateverTheChunksLookLike(String text) {
        try (LocalUpstream upstream = writer(CHUNK.replace(" word", text))) {
            TestEndpoint endpoint = live(upstream, hard(Metric.OUTPUT_TOKENS, "100"));

            String body = new TestClient(endpoint).chatStream("gpt-4o", "Hi").body();

            assertThat(body).doesNotContain("[DONE]").contains("budget_exceeded");
            TokenCounter counter = new TokenCounter();
            String received =
                    text.replace("\\u00fc", "\u00fc").repeat(chunks(body).size());
            assertThat(counter.ofText(received, "gpt-4o")).isBetween(97L, 100L);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /v1/completions | {"id":"1","choices":[{"index":0,"text":" word"}]}
                    /v1/messages    | {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" word"}}
                    /v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse | {"candidates":[{"content":{"parts":[{"text":" word"}]}}]}
                    /v1/chat/completions | {"id":"1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":" word"}}]}}]}
                    """)
    void cutsTheStreamsOfAllFamilies(String path, String event) {
        try (LocalUpstream upstream = writer(event)) {
            TestEndpoint endpoint = live(upstream, hard(Metric.OUTPUT_TOKENS, "100"));
            TestClient client = new TestClient(endpoint.rootUrl(), endpoint.apiKey());

            String body = client.post(
                            path,
                            "{\"model\":\"gpt-4o\",\"stream\":true,\"prompt\":\"Hi\",\"messages\":[{\"role\":\"user\","
                                    + "\"content\":\"Hi\"}],\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}")
                    .body();

            assertThat(body.lines().filter(line -> line.contains("\" word\""))).hasSizeBetween(99, 100);
            assertThat(lastEvent(body)).contains("budget_exceeded");
        }
        assertThat(ledger.usage().calls())
                .extracting(call -> call.tokens().output())
                .allSatisfy(output -> assertThat(output).isBetween(101L, 120L));
    }

    @Test
    void endsAResponseThatIsCutAsOneThatFailed() {
        TestEndpoint endpoint = mock(hard(Metric.OUTPUT_TOKENS, "10"));
        endpoint.reply(Reply.text("word ".repeat(100)));

        String body = new TestClient(endpoint)
                .post("/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"stream\":true}")
                .body();

        assertThat(lastEvent(body))
                .startsWith("data: {\"type\":\"response.failed\"")
                .contains("\"type\":\"budget_exceeded\"");
        assertThat(body.lines().filter(line -> line.contains("output_text.delta")))
                .hasSizeLessThan(30);
    }

    @Test
    void cutsALineStreamBetweenTwoLines() {
        try (LocalUpstream upstream = LocalUpstream.plain(request -> new MockResponse.Builder()
                .addHeader("Content-Type", "application/x-ndjson")
                .body(
                        "{\"model\":\"llama3\",\"message\":{\"role\":\"assistant\",\"content\":\" word\"},\"done\":false}\n"
                                .repeat(50))
                .build())) {
            TestEndpoint endpoint = live(upstream, hard(Metric.OUTPUT_TOKENS, "10"));
            TestClient client = new TestClient(endpoint.rootUrl(), endpoint.apiKey());

            String body = client.post("/api/chat", TestClient.chatBody("llama3", "Hi", ""))
                    .body();

            assertThat(body.lines().filter(line -> line.contains(" word"))).hasSize(10);
            assertThat(body.lines()).last().asString().startsWith("{\"error\":{");
        }
    }

    @Test
    void breaksAPackedStreamOffAndHoldsNothingBackUntilThen() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (LocalUpstream upstream = LocalUpstream.plain(request -> packed(read))) {
            TestEndpoint endpoint = live(upstream, hard(Metric.OUTPUT_TOKENS, "100"));
            HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint.baseUrl() + "/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString(TestClient.chatBody("gpt-4o", "Hi", ",\"stream\":true")))
                    .build();

            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = new GZIPInputStream(answer.body())) {
                assertThat(body.read()).isEqualTo('d'); // though the rest has not been written yet
                read.countDown();
                assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            }
        }
        assertThat(ledger.usage().await()).isTrue();
        assertThat(ledger.usage().calls()).extracting(LlmCall::status).containsExactly(CallStatus.CUT);
        assertThat(gate.interventions()).hasSize(1);
    }

    /** A stream that is packed though nobody asked for it: three chunks, and the others once these were read. */
    private static MockResponse packed(CountDownLatch read) {
        return new MockResponse.Builder()
                .clearHeaders()
                .addHeader("Content-Type", "text/event-stream")
                .addHeader("Content-Encoding", "gzip")
                .addHeader("Transfer-Encoding", "chunked")
                .socketHandler(socket -> {
                    BufferedSink sink = Okio.buffer(socket.getSink());
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    try (var gzip = new GZIPOutputStream(bytes, true)) {
                        for (int i = 0; i < CHUNKS; i++) {
                            gzip.write(("data: " + CHUNK + "\n\n").getBytes(StandardCharsets.UTF_8));
                            gzip.flush();
                            sink.writeHexadecimalUnsignedLong(bytes.size())
                                    .writeUtf8("\r\n")
                                    .write(bytes.toByteArray())
                                    .writeUtf8("\r\n")
                                    .flush();
                            bytes.reset();
                            if (i == 2) {
                                await(read);
                            }
                        }
                    } catch (IOException brokenOff) {
                        socket.cancel();
                    }
                })
                .build();
    }

    @Test
    void leavesAStreamWithinTheLimitAsItIs() {
        TestEndpoint endpoint = mock(hard(Metric.OUTPUT_TOKENS, "100"));
        endpoint.reply(Reply.stream("one ", "two ", "three"));

        String body = new TestClient(endpoint).chatStream("gpt-4o", "Hi").body();

        TestEndpoint free = server.openMock(new UsageLedger(PriceCatalog.builtIn(), PATIENCE));
        free.reply(Reply.stream("one ", "two ", "three"));
        assertThat(withoutTime(body))
                .isEqualTo(withoutTime(
                        new TestClient(free).chatStream("gpt-4o", "Hi").body()));
        assertThat(gate.check(ledger.usage())).isEmpty();
    }

    private static String withoutTime(String body) {
        return body.replaceAll("\"created\":\\d+", "");
    }

    @Test
    void refusesACallWhoseInputAloneBreaksTheLimit() {
        TestEndpoint endpoint = mock(hard(Metric.TOKENS, "7"));

        var answer = new TestClient(endpoint).chat("gpt-4o", "Hi");

        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(answer.headers().firstValue("X-Should-Retry")).contains("false");
        assertThat(answer.body())
                .contains("\"type\":\"budget_exceeded\"")
                .contains("it needs at least 8 tokens, and @Hard(tokens) on HardLimitTests has 7 tokens left");
        assertThat(endpoint.unexpectedRequests()).isEmpty();
        assertThat(ledger.usage().calls()).isEmpty();
        assertThat(gate.check(ledger.usage()))
                .extracting(BudgetBreach::kind)
                .containsExactly(BudgetBreach.Kind.REFUSED);
    }

    @Test
    void refusesAModelWithoutPriceUnderACostLimit() {
        TestEndpoint endpoint = mock(hard(Metric.COST, "1"));

        var answer = new TestClient(endpoint).chat("gpt-99-secret", "Hi");

        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(answer.body()).contains("its model has no price");
    }

    @Test
    void setsAsideWhatTheRequestAllowsUntilTheCallHasEnded() throws Exception {
        CountDownLatch answering = new CountDownLatch(1);
        try (LocalUpstream upstream = LocalUpstream.plain(request -> {
            await(answering);
            return LocalUpstream.json("{\"id\":\"1\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"Hello\"}}],"
                    + "\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":1,\"total_tokens\":9}}");
        })) {
            TestEndpoint endpoint = live(upstream, hard(Metric.TOKENS, "50"));
            TestClient client = new TestClient(endpoint);
            String body = TestClient.chatBody("gpt-4o", "Hi", ",\"max_tokens\":12");
            var first = client.postAsync("/chat/completions", body);
            var second = client.postAsync("/chat/completions", body);
            while (upstream.requests().size() < 2) {
                Thread.onSpinWait();
            }

            // 40 of 50 are set aside; a third one might need 20 and needs 8 at least.
            var third = client.postAsync("/chat/completions", body);
            while (upstream.requests().size() < 3) {
                Thread.onSpinWait();
            }
            assertThat(client.post("/chat/completions", body).statusCode()).isEqualTo(402);

            answering.countDown();
            Stream.of(first, second, third)
                    .forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            assertThat(client.post("/chat/completions", body).statusCode()).isEqualTo(200);
            assertThat(upstream.requests()).hasSize(4);
        }
        assertThat(gate.openPassages()).isZero();
    }

    @Test
    void waitsForACallThatMayUseUpTheRest() throws Exception {
        TestEndpoint endpoint = mock(hard(Metric.TOKENS, "40"));
        endpoint.otherwise(Reply.text("Hello").after(Duration.ofMillis(50)));
        TestClient client = new TestClient(endpoint);
        String body = TestClient.chatBody("gpt-4o", "Hi", "");

        var answers = Stream.generate(() -> client.postAsync("/chat/completions", body))
                .limit(3)
                .toList();

        assertThat(answers).allMatch(answer -> answer.join().statusCode() == 200);
        assertThat(ledger.usage().totalTokens()).isEqualTo(27);
    }

    @Test
    void givesBackWhatWasSetAsideHoweverACallEnds() {
        TestEndpoint endpoint = mock(hard(Metric.TOKENS, "1000"), hard(Metric.CALLS, "100"));
        TestClient client = new TestClient(endpoint);
        endpoint.reply(Reply.text("Hello"))
                .reply(Reply.stream("one ", "two"))
                .reply(Reply.error(500, "broken"))
                .reply(Reply.stream("one ", "two").cutAfter(1))
                .reply(Reply.droppedConnection());
        client.chat("gpt-4o", "Hi");
        client.chatStream("gpt-4o", "Hi");
        client.chat("gpt-4o", "Hi");
        for (int i = 0; i < 2; i++) {
            try {
                client.chatStream("gpt-4o", "Hi");
            } catch (UncheckedIOException broken) {
                assertThat(broken).isNotNull();
            }
        }
        client.chat("gpt-4o", "nobody scripted this");

        assertThat(ledger.usage().await()).isTrue();
        assertThat(gate.openPassages()).isZero();
        assertThat(ledger.usage().calls())
                .extracting(LlmCall::status)
                .contains(CallStatus.COMPLETE, CallStatus.FAILED, CallStatus.CUT);
    }

    private static List<String> chunks(String body) {
        return body.lines().filter(line -> line.contains("\"delta\"")).toList();
    }

    private static String lastEvent(String body) {
        List<String> lines = body.lines().filter(line -> !line.isEmpty()).toList();
        return lines.get(lines.size() - 1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
