package io.github.llmbudget.endpoint;

import io.github.llmbudget.cassette.Cassette;
import io.github.llmbudget.cassette.CassetteRules;
import io.github.llmbudget.cassette.Playback;
import io.github.llmbudget.cassette.RecordedExchange;
import io.github.llmbudget.cassette.Recording;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.UsageLedger;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a call costs that is answered from a cassette, beside one that is answered by a script. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 8, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class ReplayBenchmark {

    private static final int EXCHANGES = 100_000;
    private static final int WORDS = 1_000;
    private static final String QUESTION =
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "Tell me. ".repeat(30) + "\"}]";
    private static final String STREAMED = QUESTION + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";

    /** Who answers: a script that is told the usage or counts it, or a cassette. */
    @Param({"SCRIPT_GIVEN", "SCRIPT_COUNTED", "CASSETTE"})
    String answers;

    private final OkHttpClient client = new OkHttpClient();
    private final EndpointServer server = EndpointServer.start();
    private final Cassette chat =
            record(QUESTION + "}", Reply.text("In 5 days.").usage(64, 5));
    private final Cassette stream =
            record(STREAMED + "}", Reply.text("word ".repeat(WORDS)).usage(64, WORDS));
    private TestEndpoint endpoint = server.openMock(ledger());

    private static UsageLedger ledger() {
        return new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(5));
    }

    private Cassette record(String body, Reply reply) {
        TestEndpoint service = server.openMock(ledger());
        service.reply(reply);
        Recording recording = new Recording();
        TestEndpoint recorder = server.openRecording(
                TestCalls.ungated(ledger()), new UpstreamTarget(service.baseUrl(), null), recording);
        try {
            post(recorder, body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        RecordedExchange exchange = recording
                .cassette("benchmark", null, CassetteRules.NONE, Map.of())
                .exchanges()
                .get(0);
        return new Cassette("benchmark", null, Collections.nCopies(EXCHANGES, exchange));
    }

    /** Opens a new test, so that no ledger and no cassette comes to its end. */
    @Setup(Level.Iteration)
    public void openATest() {
        endpoint.close();
        if (!answers.equals("CASSETTE")) {
            endpoint = server.openMock(ledger());
            boolean given = answers.equals("SCRIPT_GIVEN");
            endpoint.when(RequestMatcher.that("is streamed", LlmRequest::isStreaming))
                    .always(withUsage(Reply.text("word ".repeat(WORDS)), given));
            endpoint.otherwise(withUsage(Reply.text("In 5 days."), given));
        }
    }

    private static Reply withUsage(Reply reply, boolean given) {
        return given ? reply.usage(64, WORDS) : reply;
    }

    private void open(Cassette cassette) {
        endpoint = server.openReplay(
                TestCalls.ungated(ledger()),
                key -> new Playback(cassette, CassetteRules.NONE, Map.of(key, "sk-llm-budget")),
                null,
                false);
    }

    /** Stops the server. */
    @TearDown
    public void stop() {
        server.close();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** Which cassette is played. */
    @State(Scope.Benchmark)
    public static class Chat {

        /** Opens it anew. */
        @Setup(Level.Iteration)
        public void open(ReplayBenchmark benchmark) {
            if (benchmark.answers.equals("CASSETTE")) {
                benchmark.open(benchmark.chat);
            }
        }
    }

    /** Which cassette is played. */
    @State(Scope.Benchmark)
    public static class Stream {

        /** Opens it anew. */
        @Setup(Level.Iteration)
        public void open(ReplayBenchmark benchmark) {
            if (benchmark.answers.equals("CASSETTE")) {
                benchmark.open(benchmark.stream);
            }
        }
    }

    /** Makes a call that is answered whole. */
    @Benchmark
    public long call(Chat chat) throws IOException {
        return post(endpoint, QUESTION + "}");
    }

    /** Makes a call that is streamed in about 1,000 events. */
    @Benchmark
    public long stream(Stream stream) throws IOException {
        return post(endpoint, STREAMED + "}");
    }

    private long post(TestEndpoint to, String body) throws IOException {
        Request request = new Request.Builder()
                .url(to.baseUrl() + "/chat/completions")
                .post(RequestBody.create(body, null))
                .build();
        try (Response response = client.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new IllegalStateException("status " + response.code());
            }
            return response.body().bytes().length;
        }
    }
}
