package io.github.llmbudget.price;

import io.github.llmbudget.call.LlmCall;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a JVM pays for its first price: the classes, the list, the cost. Each measurement is a JVM of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(15)
public class FirstCostBenchmark {

    private LlmCall call;

    /** Makes the call, which every test has made before it is priced. */
    @Setup
    public void makeCall() {
        call = new PricedCalls().of("gpt-4o");
    }

    /** Makes the catalogue as a run does, and prices the first call. */
    @Benchmark
    public Cost firstCost() {
        return PriceCatalog.builtIn().costOf(call);
    }

    /** Makes the catalogue only: what a run pays that prices nothing. */
    @Benchmark
    public PriceCatalog catalogueAlone() {
        return PriceCatalog.builtIn();
    }
}
