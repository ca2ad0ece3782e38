package io.github.llmbudget.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.endpoint.TestEndpoint;
import io.github.llmbudget.endpoint.UpstreamTarget;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.LocalUpstream;
import io.github.llmbudget.usage.UsageLedger;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends each recorded request through an endpoint to a service that answers as the real one did. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrafficThroughTheEndpointTests {

    private static final String NUMBER = "X-Recording";
    private static final List<Recording> RECORDINGS = Recording.all();

    private final OkHttpClient client =
            new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
    private EndpointServer server;
    private LocalUpstream service;

    static List<Integer> recordings() {
        return IntStream.range(0, RECORDINGS.size()).boxed().toList();
    }

    @BeforeAll
    void start() {
        server = EndpointServer.start();
        service = LocalUpstream.plain(request -> {
            Recording recording =
                    RECORDINGS.get(Integer.parseInt(request.getHeaders().get(NUMBER)));
            MockResponse.Builder answer =
                    new MockResponse.Builder().code(recording.status()).body(new Buffer().write(recording.body()));
            recording.text("response_content_type").ifPresent(type -> answer.setHeader("Content-Type", type));
            return answer.build();
        });
    }

    @AfterAll
    void stop() {
        service.close();
        server.close();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void recordsWhatTheServiceReported(int number) throws IOException {
        Recording recording = RECORDINGS.get(number);
        UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(10));
        try (TestEndpoint endpoint = server.openLive(ledger, new UpstreamTarget(service.baseUrl(), null));
                Response answer =
                        client.newCall(request(recording, number, endpoint)).execute()) {
            assertThat(answer.code()).isEqualTo(recording.status());
            byte[] seen = answer.body().bytes();
            if (!asksForUsage(recording)) {
                assertThat(Arrays.equals(seen, recording.body())).isTrue();
            }
        }

        assertThat(ledger.failures()).isEmpty();
        if (recording.format().isEmpty()) {
            assertThat(ledger.usage().calls()).isEmpty();
            return;
        }
        LlmCall read = recording.read(Integer.MAX_VALUE);
        assertThat(ledger.usage().calls()).singleElement().satisfies(call -> {
            assertThat(call.countSource()).as(recording.toString()).isEqualTo(read.countSource());
            assertThat(call.tokens()).as(recording.toString()).isEqualTo(read.tokens());
            assertThat(call.status()).isEqualTo(read.status());
            assertThat(call.model()).isEqualTo(read.model());
            assertThat(call.reportedCost()).isEqualTo(read.reportedCost());
            assertThat(call.toolCalls()).isEqualTo(read.toolCalls());
        });
    }

    /** Tells whether the endpoint asked for usage that the client did not ask for, and hid it again. */
    private static boolean asksForUsage(Recording recording) {
        return recording
                .format()
                .filter(format -> format.prepare(recording.request()).filter().get() != ResponseFilter.NONE)
                .isPresent();
    }

    private static Request request(Recording recording, int number, TestEndpoint endpoint) {
        HttpExchange.Request recorded = recording.request();
        Request.Builder request = new Request.Builder()
                .url(endpoint.rootUrl() + recorded.path())
                .header(NUMBER, Integer.toString(number));
        recorded.headers().stream()
                .filter(header -> header.is("Content-Type"))
                .forEach(header -> request.header("Content-Type", header.value()));
        MediaType none = null;
        boolean bodiless = recorded.method().equals("GET");
        return request.method(recorded.method(), bodiless ? null : RequestBody.create(recorded.body(), none))
                .build();
    }
}
