package io.github.llmbudget.report;

import io.github.llmbudget.report.page.HtmlReportWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
                journal.append(ReportedTests.test(number), ReportedTests.PRICES.basis());
            }
        }
        run = Journals.ofRun(directory, RUN);
        report = UsageReport.of(run);
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
