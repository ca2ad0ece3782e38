package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.budget.BudgetGate;
import io.github.llmbudget.budget.BudgetPolicy;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.OtherJvms;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.SpanAddresses;
import io.github.llmbudget.usage.UsageLedger;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Makes mocked calls over HTTP, whole and streamed, under no limit and under limits that hold while calls run. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class HardLimitBenchmark {

    private static final int WORDS = 1_000;
    private static final String QUESTION =
            "{\"model\":\"gpt-4o\",\"max_tokens\":2000,\"messages\":[{\"role\":\"user\",\"content\":\""
                    + "Tell me. ".repeat(30) + "\"}]";

    /** What the limit is about; {@code NONE} for no limit that holds while calls run. */
    @Param({"NONE", "CALLS", "TOKENS", "COST"})
    String limit;

    private final OkHttpClient client = new OkHttpClient();
    private final EndpointServer server = EndpointServer.start();
    private TestEndpoint endpoint = server.openMock(new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO));

    /** Opens a new test, so that no ledger grows without end. */
    @Setup(Level.Iteration)
    public void openATest() {
        endpoint.close();
        BudgetGate gate = limit.equals("NONE") ? BudgetGate.open() : gate(Metric.valueOf(limit));
        endpoint = server.openMock(
                new TestCalls(gate, new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO, gate, SpanAddresses.NONE)));
        endpoint.otherwise(Reply.text("word ".repeat(WORDS)).usage(64, WORDS));
    }

    private static BudgetGate gate(Metric metric) {
        Limit hard = new Limit(metric, BigDecimal.valueOf(1_000_000_000_000L), "@Hard", "benchmark").hardened();
        return new BudgetGate(
                "benchmark",
                "benchmark",
                new Budget(List.of(hard), BudgetPolicy.DEFAULT),
                List.of(),
                null,
                PriceCatalog.builtIn(),
                new BudgetGate.Shared(new Object(), Duration.ZERO, OtherJvms.NONE));
    }

    /** Stops the server. */
    @TearDown
    public void stop() {
        server.close();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** Makes a call that is answered whole. */
    @Benchmark
    public long call() throws IOException {
        return post(QUESTION + "}");
    }

    /** Makes a call that is streamed in 1,000 events, and that may have to be cut. */
    @Benchmark
    public long stream() throws IOException {
        return post(QUESTION.replace("\"max_tokens\":2000,", "") + ",\"stream\":true}");
    }

    private long post(String body) throws IOException {
        Request request = new Request.Builder()
                .url(endpoint.baseUrl() + "/chat/completions")
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
