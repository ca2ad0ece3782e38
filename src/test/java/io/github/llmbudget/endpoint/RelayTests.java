package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.LocalUpstream;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageLedger;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live mode: what the service sends is what the client gets, when it is sent, and the ledger knows. */
@Timeout(30)
class RelayTests {

    private static final String CHUNK =
            "{\"id\":\"c1\",\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"}}]%s}";
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}";
    private static final String USAGE_CHUNK =
            "{\"id\":\"c1\",\"model\":\"gpt-4o-2024-08-06\",\"choices\":[]," + USAGE + "}";
    private static final String ANSWER =
            "{\"id\":\"c1\",\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"word\"}}],"
                    + USAGE + "}";

    private final OkHttpClient client = new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .readTimeout(Duration.ofSeconds(10))
            .build();
    private final EndpointServer server = EndpointServer.start();
    private final UsageLedger recorder = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(10));
    private final TokenUsage usage = recorder.usage();
    private LocalUpstream upstream;
    private TestEndpoint endpoint;

    @BeforeEach
    void nothingYet() {
        assertThat(usage.calls()).isEmpty();
    }

    @AfterEach
    void stop() {
        if (upstream != null) {
            upstream.close();
        }
        server.close();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    @Test
    void handsOnAnAnswerAndRecordsIt() {
        upstream(request -> LocalUpstream.json(ANSWER));

        var answer = new TestClient(endpoint).chat("gpt-4o", "Hi");

        assertThat(answer.body()).isEqualTo(ANSWER);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(onlyCall()).satisfies(call -> {
            assertThat(call.requestedModel()).isEqualTo("gpt-4o");
            assertThat(call.answeredModel()).isEqualTo("gpt-4o-2024-08-06");
            assertThat(call.tokens().total()).isEqualTo(15);
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(call.origin()).isEqualTo(Origin.LIVE);
            assertThat(call.httpStatus()).isEqualTo(200);
            assertThat(call.timing().toFirstByte()).isPositive();
        });
        assertThat(usage.incurredCost()).isEqualTo(usage.cost());
    }

    @Test
    void pricesADeploymentOfAzureAsTheModelItStandsFor() throws IOException {
        upstream = LocalUpstream.plain(request -> LocalUpstream.json("{\"object\":\"list\",\"data\":[],"
                + "\"model\":\"ada\",\"usage\":{\"prompt_tokens\":1000,\"total_tokens\":1000}}"));
        UsageLedger azure = new UsageLedger(
                PriceCatalog.builder()
                        .deployments(Map.of("vectors", "text-embedding-3-small"))
                        .build(),
                Duration.ofSeconds(10));
        endpoint = server.openLive(azure, new UpstreamTarget(upstream.rootUrl(), "sk-real"));

        client.newCall(new Request.Builder()
                        .url(endpoint.rootUrl() + "/openai/deployments/vectors/embeddings?api-version=2024-10-21")
                        .post(RequestBody.create("{\"input\":\"Hi\"}", MediaType.get("application/json")))
                        .build())
                .execute()
                .close();

        assertThat(azure.usage().cost()).hasToString("$0.00002");
    }

    @Test
    void forwardsPathQueryAndHeadersButNothingAboutTheConnection() throws IOException {
        upstream(request -> LocalUpstream.json(ANSWER));

        call(new Request.Builder()
                        .url(endpoint.baseUrl() + "/chat/completions?api-version=1")
                        .header("OpenAI-Organization", "org-1")
                        .header(LlmEndpoint.TEST_HEADER, "RelayTests.test")
                        .header("Connection", "Upgrade, HTTP2-Settings, X-Hop")
                        .header("X-Hop", "1")
                        .header("Upgrade", "h2c")
                        .header("HTTP2-Settings", "AAMAAABkAAQAoAAAAAIAAAAA")
                        .header("Accept-Encoding", "gzip")
                        .header("Authorization", "Bearer " + endpoint.apiKey()))
                .close();

        RecordedRequest sent = upstream.onlyRequest();
        assertThat(sent.getTarget()).isEqualTo("/v1/chat/completions?api-version=1");
        assertThat(sent.getHeaders().get("OpenAI-Organization")).isEqualTo("org-1");
        assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer sk-real");
        assertThat(sent.getHeaders().get("Accept-Encoding")).isEqualTo("identity");
        assertThat(sent.getHeaders().get("Host")).startsWith("127.0.0.1:");
        assertThat(sent.getHeaders().names())
                .doesNotContain("Upgrade", "HTTP2-Settings", "X-Hop", "Expect", LlmEndpoint.TEST_HEADER);
    }

    @Test
    void leavesAKeyAloneThatTheClientWasGivenOnPurpose() throws IOException {
        upstream(request -> LocalUpstream.json(ANSWER));

        call(new Request.Builder()
                        .url(endpoint.baseUrl() + "/chat/completions")
                        .header("Authorization", "Bearer sk-of-another-account"))
                .close();

        assertThat(upstream.onlyRequest().getHeaders().values("Authorization"))
                .containsExactly("Bearer sk-of-another-account");
    }

    @Test
    void sendsNoPlaceholderKeyToAServiceWithoutKey() {
        upstream = LocalUpstream.plain(request -> LocalUpstream.json(ANSWER));
        endpoint = server.openLive(recorder, new UpstreamTarget(upstream.baseUrl(), null));

        new TestClient(endpoint).chat("gpt-4o", "Hi");

        assertThat(upstream.onlyRequest().getHeaders().get("Authorization")).isNull();
    }

    @Test
    void passesAGetThroughWithoutRecordingACall() throws IOException {
        upstream(request -> LocalUpstream.json("{\"data\":[]}"));

        try (Response response = client.newCall(new Request.Builder()
                        .url(endpoint.baseUrl() + "/models")
                        .build())
                .execute()) {
            assertThat(response.body().string()).isEqualTo("{\"data\":[]}");
        }
        assertThat(usage.calls()).isEmpty();
    }

    @Test
    void handsOnEachEventAsItComes() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        upstream(request -> LocalUpstream.stream(request, stream -> {
            stream.event(CHUNK.formatted(",\"usage\":null"));
            assertThat(firstSeen.await(10, TimeUnit.SECONDS)).isTrue();
            stream.event(CHUNK.formatted(",\"usage\":null"));
            stream.event(USAGE_CHUNK);
            stream.event("[DONE]");
        }));

        try (Response response = stream("")) {
            BufferedSource body = response.body().source();
            assertThat(body.readUtf8LineStrict()).isEqualTo("data: " + CHUNK.formatted(""));
            firstSeen.countDown();
            assertThat(body.readUtf8()).isEqualTo("\ndata: " + CHUNK.formatted("") + "\n\ndata: [DONE]\n\n");
        }
        assertThat(upstream.onlyRequest().getBody().utf8()).contains("\"stream_options\":{\"include_usage\":true}");
        assertThat(onlyCall().tokens().total()).isEqualTo(15);
        assertThat(onlyCall().countSource()).isEqualTo(CountSource.REPORTED);
    }

    @Test
    void leavesAStreamAloneWhoseClientAsksForUsageItself() throws IOException {
        upstream(request -> LocalUpstream.stream(request, stream -> {
            stream.event(CHUNK.formatted(",\"usage\":null"));
            stream.event(USAGE_CHUNK);
            stream.event("[DONE]");
        }));

        try (Response response = stream(",\"stream_options\":{\"include_usage\":true}")) {
            assertThat(response.body().string())
                    .isEqualTo("data: " + CHUNK.formatted(",\"usage\":null") + "\n\ndata: " + USAGE_CHUNK
                            + "\n\ndata: [DONE]\n\n");
        }
        assertThat(onlyCall().tokens().total()).isEqualTo(15);
    }

    @Test
    void recordsAStreamBeforeItsEndReachesTheClient() throws Exception {
        CountDownLatch checked = new CountDownLatch(1);
        upstream(request -> LocalUpstream.stream(request, stream -> {
            stream.event(CHUNK.formatted(""));
            stream.event(USAGE_CHUNK);
            stream.event("[DONE]");
            assertThat(checked.await(10, TimeUnit.SECONDS)).isTrue();
        }));

        try (Response response = stream("")) {
            BufferedSource body = response.body().source();
            while (!body.readUtf8LineStrict().equals("data: [DONE]")) {
                // As a client does that closes the connection here.
            }
            assertThat(onlyCall().tokens().total()).isEqualTo(15);
        } finally {
            checked.countDown();
        }
    }

    @Test
    void saysHowLongAnAnswerIsWhereTheServiceDoes() throws IOException {
        upstream(request -> LocalUpstream.json(ANSWER));

        try (Response response = call(chat(""))) {
            assertThat(response.header("Content-Length")).isEqualTo(String.valueOf(ANSWER.length()));
            assertThat(response.header("Transfer-Encoding")).isNull();
            assertThat(response.body().string()).isEqualTo(ANSWER);
        }
    }

    /** Also one in which there is no usage, so that its end alone says that nothing more comes. */
    @ParameterizedTest
    @ValueSource(strings = {ANSWER, "not what a service says", "{\"id\":\"c1\", "})
    void recordsAnAnswerBeforeItsLastByteReachesTheClient(String body) throws IOException {
        String answer = body + " ".repeat(40_000);
        upstream(request -> LocalUpstream.json(answer));

        for (int calls = 1; calls <= 50; calls++) {
            Request request = chat(",\"user\":\"" + calls + "\"").build();
            try (Response response = client.newCall(request).execute()) {
                response.body().source().readByteArray(answer.length());
                assertThat(usage.calls()).hasSize(calls);
            }
        }
    }

    @Test
    void breaksTheClientsAnswerWhenLessComesThanTheServiceSaid() throws IOException {
        upstream(request -> new MockResponse.Builder()
                .addHeader("Content-Length", "1000")
                .socketHandler(socket -> {
                    try (BufferedSink sink = Okio.buffer(socket.getSink())) {
                        sink.writeUtf8("{\"id\":");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    socket.cancel();
                })
                .build());

        try (Response response = call(chat(""))) {
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
        }
        assertThat(usage.await()).isTrue();
        assertThat(onlyCall().status()).isEqualTo(CallStatus.CUT);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 429, 500, 503})
    void handsOnErrorsAndRecordsThemWithoutTokens(int status) {
        String body = "{\"error\":{\"message\":\"no\",\"type\":\"t\",\"param\":null,\"code\":null}}";
        upstream(request -> LocalUpstream.error(status, body));

        var answer = new TestClient(endpoint).chat("gpt-4o", "Hi");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(onlyCall()).satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.FAILED);
            assertThat(call.httpStatus()).isEqualTo(status);
            assertThat(call.tokens().total()).isZero();
            assertThat(call.isUncounted()).isFalse();
        });
    }

    @Test
    void repeatsNothingByItselfThoughTheServiceInvitesTo() {
        upstream(request -> LocalUpstream.error(503, "{}")
                .newBuilder()
                .addHeader("Retry-After", "0")
                .build());

        var answer = new TestClient(endpoint).chat("gpt-4o", "Hi");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().allValues("Retry-After")).containsExactly("0");
        assertThat(upstream.requests()).hasSize(1);
        assertThat(onlyCall().status()).isEqualTo(CallStatus.FAILED);
    }

    @Test
    void saysThatTheServiceCannotBeReached() {
        upstream(request -> new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        var answer = new TestClient(endpoint).chat("gpt-4o", "Hi");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("llm-budget: no answer to POST /v1/chat/completions");
        assertThat(onlyCall().status()).isEqualTo(CallStatus.FAILED);
        assertThat(onlyCall().httpStatus()).isZero();
    }

    @Test
    void breaksTheClientsStreamWhenTheServiceBreaksIt() throws IOException {
        upstream(request -> LocalUpstream.stream(request, stream -> {
            stream.event(CHUNK.formatted(""));
            stream.event(CHUNK.formatted(""));
            stream.cut();
        }));

        try (Response response = stream("")) {
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
        }
        assertCutAndEstimated();
    }

    @Test
    void closesTheServicesStreamWhenTheClientLeaves() throws Exception {
        CountDownLatch upstreamBroke = new CountDownLatch(1);
        upstream(request -> LocalUpstream.stream(request, stream -> {
            try {
                for (int i = 0; i < 10_000; i++) {
                    stream.event(CHUNK.formatted(""));
                    Thread.sleep(1);
                }
            } catch (IOException e) {
                upstreamBroke.countDown();
                throw e;
            }
        }));

        Response response = stream("");
        response.body().source().readUtf8LineStrict();
        response.close();

        assertThat(upstreamBroke.await(10, TimeUnit.SECONDS)).isTrue();
        assertCutAndEstimated();
    }

    @Test
    void doesNotLoseACallWhoseClientTimedOut() {
        upstream(request -> LocalUpstream.json(ANSWER)
                .newBuilder()
                .headersDelay(500, TimeUnit.MILLISECONDS)
                .build());
        OkHttpClient impatient =
                client.newBuilder().readTimeout(Duration.ofMillis(50)).build();

        assertThatThrownBy(() -> impatient.newCall(chat("").build()).execute())
                .isInstanceOf(InterruptedIOException.class);

        assertThat(usage.await()).isTrue();
        assertThat(onlyCall().tokens().total()).isEqualTo(15);
    }

    @Test
    void recordsACallThatNeverEndsAsUnfinished() {
        upstream(request -> LocalUpstream.json(ANSWER)
                .newBuilder()
                .headersDelay(1, TimeUnit.SECONDS)
                .build());
        UsageLedger hasty = new UsageLedger(PriceCatalog.builtIn(), Duration.ofMillis(200));
        endpoint = server.openLive(hasty, new UpstreamTarget(upstream.baseUrl(), "sk-real"));

        var answer = new TestClient(endpoint)
                .postAsync("/chat/completions", TestClient.chatBody("gpt-4o", "Hi", ",\"stream\":true"));
        while (upstream.requests().isEmpty()) {
            Thread.onSpinWait();
        }
        hasty.close(endpoint::close);

        assertThat(hasty.usage().calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.UNFINISHED);
            assertThat(call.requestedModel()).isEqualTo("gpt-4o");
            assertThat(call.streaming()).isTrue();
            assertThat(call.countSource()).isEqualTo(CountSource.PARTIAL);
            assertThat(call.tokens().input()).isEqualTo(8);
            assertThat(call.isOutputInPart()).isTrue();
            assertThat(call.countNote())
                    .isEqualTo("the call was still running 200 ms after its test; counted in part with o200k_base: the"
                            + " call did not end");
        });
        assertThat(answer.join().statusCode()).isEqualTo(502);
        assertThat(hasty.usage().calls()).hasSize(1);
    }

    @Test
    void breaksOffAStreamThatIsStillRunningWhenItsTestIsOver() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        upstream(request -> LocalUpstream.stream(request, stream -> {
            stream.event(CHUNK.formatted(""));
            never.await();
        }));
        UsageLedger hasty = new UsageLedger(PriceCatalog.builtIn(), Duration.ofMillis(50));
        endpoint = server.openLive(hasty, new UpstreamTarget(upstream.baseUrl(), "sk-real"));

        try (Response response = stream("")) {
            BufferedSource body = response.body().source();
            assertThat(body.readUtf8LineStrict()).startsWith("data: ");
            hasty.close(endpoint::close);

            assertThatThrownBy(body::readUtf8).isInstanceOf(IOException.class);
        } finally {
            never.countDown();
        }
        assertThat(hasty.usage().calls()).extracting(LlmCall::status).containsExactly(CallStatus.UNFINISHED);
    }

    @Test
    void forwardsNothingOnceTheLedgerIsClosed() {
        upstream(request -> LocalUpstream.json(ANSWER));
        recorder.close(() -> {});

        var answer = new TestClient(endpoint).chat("gpt-4o", "Hi");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no running test has the address of");
        assertThat(upstream.requests()).isEmpty();
        assertThat(recorder.failures()).isEmpty();
    }

    private void assertCutAndEstimated() {
        assertThat(usage.await()).isTrue();
        assertThat(onlyCall()).satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.CUT);
            assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
            assertThat(call.countNote()).isEqualTo("estimated with o200k_base: the answer broke off");
            assertThat(call.tokens().input()).isPositive();
            assertThat(call.tokens().output()).isPositive();
        });
    }

    private void upstream(Function<RecordedRequest, MockResponse> service) {
        upstream = LocalUpstream.plain(service);
        endpoint = server.openLive(recorder, new UpstreamTarget(upstream.baseUrl(), "sk-real"));
    }

    private LlmCall onlyCall() {
        assertThat(usage.calls()).hasSize(1);
        return usage.calls().get(0);
    }

    private Request.Builder chat(String more) {
        return new Request.Builder()
                .url(endpoint.baseUrl() + "/chat/completions")
                .post(RequestBody.create(TestClient.chatBody("gpt-4o", "Hi", more), MediaType.get("application/json")));
    }

    private Response call(Request.Builder request) throws IOException {
        return client.newCall(request.post(RequestBody.create(
                                TestClient.chatBody("gpt-4o", "Hi", ""), MediaType.get("application/json")))
                        .build())
                .execute();
    }

    private Response stream(String more) throws IOException {
        return client.newCall(chat(",\"stream\":true" + more).build()).execute();
    }
}
