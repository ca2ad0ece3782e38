package io.github.llmbudget.token;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Shows how the time grows with the length of a text that offers no place to cut it; each figure is that of a whole text. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class EndlessWordBenchmark {

    private static final int PIECE = 1_000;

    /** What the text is made of. */
    @Param({"letter", "blank"})
    String text;

    /** How long it is. */
    @Param({"262144", "524288", "1048576"})
    int length;

    private List<String> pieces = List.of();

    /** Cuts the text, and loads the vocabulary. */
    @Setup
    public void cut() {
        pieces = CountedTexts.pieces((text.equals("letter") ? "a" : " ").repeat(length), PIECE);
        TextEncoding.O200K.count(text);
    }

    /** Takes all pieces, and asks for the bound after each as a limit would. */
    @Benchmark
    public long bounds() {
        StreamTokenCounter counter = new StreamTokenCounter(TextEncoding.O200K);
        return boundsOf(counter);
    }

    /** Counts the text at its end, too. */
    @Benchmark
    public long boundsAndCount() {
        StreamTokenCounter counter = new StreamTokenCounter(TextEncoding.O200K);
        return boundsOf(counter) + counter.count();
    }

    private long boundsOf(StreamTokenCounter counter) {
        long bounds = 0;
        for (String piece : pieces) {
            counter.append(piece);
            bounds += counter.lowerBound();
        }
        return bounds;
    }
}
