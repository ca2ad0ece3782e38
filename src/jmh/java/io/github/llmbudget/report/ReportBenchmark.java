package io.github.llmbudget.report;

import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.report.page.HtmlReportWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to make the report of 100,000 tests with three calls each in a heap of 256 MB: reading the journals, adding
 * up, and writing, once in a JVM that has done none of it before. The floor is as many bytes written with nothing
 * computed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 5, jvmArgsAppend = "-Xmx256m")
public class ReportBenchmark {

    private static final RunId RUN = new RunId("benchmark");
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final PriceCatalog PRICES = PriceCatalog.builtIn();

    /** How many tests the run has. */
    @Param("100000")
    private int tests;

    private Path directory;
    private JournaledRun run;
    private UsageReport report;

    /** Writes the journal, and reads it back as a report. */
    @Setup(Level.Trial)
    public void write() throws IOException {
        directory = Files.createTempDirectory("report");
        try (RunJournal journal = RunJournal.open(directory, RUN)) {
            for (int number = 0; number < tests; number++) {
                journal.append(test(number), PRICES.basis());
            }
        }
        run = Journals.ofRun(directory, RUN);
        report = UsageReport.of(run);
    }

    private static TestUsage test(int number) {
        String testClass = "com.example.shop.support.Support" + number / 20 + "Test";
        List<CallUsage> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(call(number * 3 + i));
        }
        Instant start = START.plusMillis(number);
        String method = "answersQuestion" + number % 20;
        Limit limit = new Limit(Metric.COST, new BigDecimal("0.05"), "@MaxCost(0.05)", testClass);
        BigDecimal used = calls.stream().map(call -> call.cost().usd()).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new TestUsage(
                TestUsage.Kind.TEST,
                "[engine:junit-jupiter]/[class:" + testClass + "]/[method:" + method + "()]",
                testClass,
                testClass.substring(testClass.lastIndexOf('.') + 1) + "." + method,
                number % 1000 == 0 ? TestUsage.Outcome.OVER_BUDGET : TestUsage.Outcome.PASSED,
                start,
                start.plusMillis(900),
                calls,
                List.of(new LimitUsage(limit, used, true, null)));
    }

    private static CallUsage call(int number) {
        String model = number % 3 == 0 ? "gpt-4o" : "gpt-4o-mini";
        LlmCall call = LlmCall.of(Operation.CHAT, model)
                .provider("openai")
                .answeredModel(model)
                .serviceTier("default")
                .streaming(number % 2 == 0)
                .tokens(TokenCounts.of(800 + number % 997, 20 + number % 331), CountSource.REPORTED)
                .responseId("chatcmpl-" + Long.toString(number * 7_919L, 36) + "ABCDEFGHIJKLMNOPQRSTUV")
                .requestDigest(String.format("%016x", number * 0x9E3779B97F4A7C15L))
                .timing(new CallTiming(
                        START.plusMillis(number),
                        Duration.ofNanos(1_234_567 + number),
                        Duration.ofNanos(201_234_567 + number),
                        Duration.ofNanos(801_234_567 + number)))
                .build();
        return new CallUsage(call, PRICES.costOf(call));
    }

    /** Reads the journal. */
    @Benchmark
    public JournaledRun readsJournals() throws IOException {
        run = null;
        report = null;
        return Journals.ofRun(directory, RUN);
    }

    /** Adds up the tests. */
    @Benchmark
    public UsageReport addsUp() {
        report = null;
        return UsageReport.of(run);
    }

    /** Writes {@code report.json}. */
    @Benchmark
    public void writesDocument() throws IOException {
        new JsonReportWriter().write(report, directory);
    }

    /** Writes {@code index.html}. */
    @Benchmark
    public void writesPage() throws IOException {
        new HtmlReportWriter().write(report, directory);
    }

    /** Writes both, as at the end of a run. */
    @Benchmark
    public void writesBoth() throws IOException {
        ReportWriters.write(report, List.of(new JsonReportWriter(), new HtmlReportWriter()), directory);
    }

    /** Writes as many bytes as the document has. */
    @Benchmark
    public void floor() throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(directory.resolve("floor"))) {
            for (int i = 0; i < 2_000; i++) {
                out.write(block);
            }
        }
    }
}
