package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.LocalUpstream;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageLedger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that goes on after the answer to its request: fetched, cancelled or answered again, it is one call. */
@Timeout(30)
class RetrievalTests {

    private static final String RESPONSE = """
            {"id":"resp_1","object":"response","status":"%s","background":true,"model":"gpt-4o-2024-08-06",
            "output":[],"usage":%s}""";
    private static final String RESPONSE_USAGE = """
            {"input_tokens":1000,"input_tokens_details":{"cached_tokens":0},"output_tokens":100,
            "output_tokens_details":{"reasoning_tokens":0},"total_tokens":1100}""";
    private static final String QUEUED = RESPONSE.formatted("queued", "null");
    private static final String COMPLETED = RESPONSE.formatted("completed", RESPONSE_USAGE);
    private static final String BACKGROUND = "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"background\":true}";

    private final Deque<String> answers = new ArrayDeque<>();
    private final LocalUpstream upstream = LocalUpstream.plain(this::answer);
    private final EndpointServer server = EndpointServer.start();
    private final UsageLedger recorder = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(10));
    private final TokenUsage usage = recorder.usage();
    private final TestEndpoint live = server.openLive(recorder, new UpstreamTarget(upstream.baseUrl(), "sk-real"));
    private final TestClient client = new TestClient(live);

    @AfterEach
    void stop() {
        upstream.close();
        server.close();
    }

    @Test
    void countsABackgroundResponseOnceWhenItsUsageIsFetched() {
        serviceAnswers(QUEUED, QUEUED.replace("queued", "in_progress"), COMPLETED, COMPLETED);

        assertThat(client.post("/responses", BACKGROUND).body()).isEqualTo(QUEUED);
        assertThat(onlyCall()).satisfies(call -> {
            assertThat(call.operation()).isEqualTo(Operation.RESPONSES);
            assertThat(call.isUncounted()).isTrue();
            assertThat(call.countNote()).isEqualTo("the service answered before the work was done");
        });

        client.get("/responses/resp_1");
        assertThat(onlyCall().isUncounted()).isTrue();

        assertThat(client.get("/responses/resp_1?include=x").body()).isEqualTo(COMPLETED);
        client.get("/responses/resp_1");

        assertThat(onlyCall()).satisfies(call -> {
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(call.tokens()).isEqualTo(TokenCounts.of(1000, 100));
            assertThat(call.anomalies()).isEmpty();
        });
        assertThat(usage.incurredCost()).hasToString("$0.0035");
        assertThat(paths())
                .containsExactly(
                        "POST /v1/responses",
                        "GET /v1/responses/resp_1",
                        "GET /v1/responses/resp_1?include=x",
                        "GET /v1/responses/resp_1");
    }

    @Test
    void takesTheUsageOfAResponseThatIsCancelled() {
        serviceAnswers(QUEUED, COMPLETED.replace("completed", "cancelled"));

        client.post("/responses", BACKGROUND);
        client.post("/responses/resp_1/cancel", "");

        assertThat(onlyCall().tokens().total()).isEqualTo(1100);
    }

    @Test
    void countsABatchOnceWithTheLastOfItsTotals() {
        String batch = "{\"id\":\"batch_1\",\"object\":\"batch\",\"model\":\"gpt-4o\",\"status\":\"%s\",\"usage\":"
                + "{\"input_tokens\":%d,\"output_tokens\":%d,\"total_tokens\":%d}}";
        serviceAnswers(
                batch.formatted("validating", 0, 0, 0),
                batch.formatted("in_progress", 100, 10, 110),
                batch.formatted("completed", 300, 30, 330));

        client.post("/batches", "{\"input_file_id\":\"f\",\"endpoint\":\"/v1/responses\"}");
        assertThat(usage.isComplete()).isFalse();
        client.get("/batches/batch_1");
        client.get("/batches/batch_1");

        assertThat(onlyCall().operation()).isEqualTo(Operation.BATCH);
        assertThat(onlyCall().countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(usage.totalTokens()).isEqualTo(330);
    }

    @Test
    void countsAnAnswerOnceThatEqualRequestsGet() {
        serviceAnswers(COMPLETED, COMPLETED, COMPLETED);

        client.post("/responses", BACKGROUND);
        client.post("/responses", BACKGROUND);
        assertThat(onlyCall().anomalies())
                .containsExactly("the service gave this answer more than once; it is counted once");
        assertThat(usage.totalTokens()).isEqualTo(1100);

        client.post("/responses", BACKGROUND.replace("Hi", "Ho"));
        assertThat(usage.calls()).hasSize(2);
    }

    @Test
    void countsNothingForAResponseOfAnotherTest() {
        serviceAnswers(COMPLETED, "{\"data\":[]}");

        client.get("/responses/resp_1");
        client.get("/responses/resp_1/input_items");

        assertThat(usage.calls()).isEmpty();
    }

    @Test
    void forwardsNoRetrievalOnceTheLedgerIsClosed() {
        recorder.close(() -> {});

        assertThat(client.get("/responses/resp_1").body()).contains("no running test has the address of");
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void letsNoRetrievalTakeAReplyOfTheScript() {
        TestEndpoint mock = server.openMock(recorder);
        mock.reply("Hello");
        TestClient mocked = new TestClient(mock);

        HttpResponse<String> fetched = mocked.get("/responses/resp_1");
        HttpResponse<String> cancelled = mocked.post("/responses/resp_1/cancel", "");

        assertThat(List.of(fetched, cancelled)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("MockLlm does not play this operation", "unscripted_request");
        });
        assertThat(usage.calls()).isEmpty();
        assertThat(mock.unexpectedRequests())
                .extracting(Object::toString)
                .containsExactly(
                        "GET /v1/responses/resp_1: MockLlm does not play this operation",
                        "POST /v1/responses/resp_1/cancel: MockLlm does not play this operation");

        assertThat(mocked.post("/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}")
                        .body())
                .contains("Hello");
        assertThat(usage.calls()).hasSize(1);
    }

    private void serviceAnswers(String... bodies) {
        answers.addAll(List.of(bodies));
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        return LocalUpstream.json(answers.remove());
    }

    private List<String> paths() {
        return upstream.requests().stream()
                .map(request -> request.getMethod() + " " + request.getTarget())
                .toList();
    }

    private LlmCall onlyCall() {
        assertThat(usage.calls()).hasSize(1);
        return usage.calls().get(0);
    }
}
