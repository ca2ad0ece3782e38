package io.github.llmbudget.comparison;

import java.io.IOException;
import java.util.Map;

/** Makes the first call of a JVM, from nothing to the answer. Takes the name of the contender. */
final class FirstCallMain {

    private FirstCallMain() {}

    public static void main(String[] args) throws IOException {
        Contender contender = Contender.valueOf(args[0]);
        long start = System.nanoTime();
        Way way = contender.start(Output.USUAL).newWay();
        way.call(Payload.CALL);
        way.requireDone(1);
        double nanos = System.nanoTime() - start;
        Child.end(Map.of(Figure.MILLIS, nanos / 1e6));
    }
}
