package io.github.llmbudget.comparison;

import java.util.Map;

/** Runs a suite. Takes the name of the class with the tests. */
final class SuiteMain {

    private SuiteMain() {}

    public static void main(String[] args) {
        long start = System.nanoTime();
        Suite.run(args[0], Map.of());
        double nanos = System.nanoTime() - start;
        Child.end(Map.of(Figure.MILLIS, nanos / 1e6));
    }
}
