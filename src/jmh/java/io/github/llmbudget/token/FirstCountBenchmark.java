package io.github.llmbudget.token;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a JVM pays for its first count, the vocabulary included. Each measurement is a JVM of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 2)
@Fork(10)
public class FirstCountBenchmark {

    /** A model of each vocabulary in use today. */
    @Param({"gpt-4o", "gpt-3.5-turbo"})
    String model;

    /** Counts a few words; the second measurement of each JVM finds the vocabulary loaded. */
    @Benchmark
    public long firstCount() {
        return new TokenCounter().ofText("Where is my refund?", model);
    }
}
