package io.github.llmbudget.token;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Counts a text that comes in pieces of four characters; the figure is that of one piece. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamTokenCounterBenchmark extends CountingBenchmark {

    private static final int LENGTH = 16 * 1024;
    private static final int PIECE = 4;

    /** What the text is. */
    @Param({"english", "chinese", "code", "one letter"})
    String text;

    private List<String> pieces = List.of();

    /** Cuts the text. */
    @Setup
    public void cut() {
        pieces = CountedTexts.pieces(
                switch (text) {
                    case "english" -> CountedTexts.english(LENGTH);
                    case "chinese" -> CountedTexts.chinese(LENGTH);
                    case "code" -> CountedTexts.code(LENGTH);
                    default -> "a".repeat(LENGTH);
                },
                PIECE);
    }

    /** Takes all pieces, and asks for the bound after each as a limit would. */
    @Benchmark
    @OperationsPerInvocation(LENGTH / PIECE)
    public long piece() {
        StreamTokenCounter counter = new StreamTokenCounter(TextEncoding.O200K);
        long bounds = 0;
        for (String piece : pieces) {
            counter.append(piece);
            bounds += counter.lowerBound();
        }
        return bounds + counter.count();
    }
}
