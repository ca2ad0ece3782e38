package io.github.llmbudget.price;

import io.github.llmbudget.call.LlmCall;
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

/** Finds the price of a call whose model was priced before, and works out its cost. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CostBenchmark {

    private final PriceCatalog prices = PriceCatalog.builtIn();

    /** The models: with two rows, with many tiers and steps, with windows, of a snapshot that has no row of its own. */
    @Param({"gpt-3.5-turbo-instruct", "gpt-5.6-sol", "deepseek-v4-flash", "gpt-4o-2030-01-31"})
    String model;

    private final PricedCalls calls = new PricedCalls();

    /** Prices a call with cached input. */
    @Benchmark
    public Cost lookupAndCost() {
        LlmCall call = calls.of(model);
        return prices.costOf(call);
    }
}
