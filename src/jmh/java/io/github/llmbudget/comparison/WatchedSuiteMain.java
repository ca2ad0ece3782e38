package io.github.llmbudget.comparison;

import java.util.Map;

/** Runs a suite and sees how much heap it needs. Takes the name of the class with the tests. */
final class WatchedSuiteMain {

    private WatchedSuiteMain() {}

    public static void main(String[] args) {
        HeapWatch watch = HeapWatch.start();
        long start = System.nanoTime();
        Suite.run(args[0], Map.of());
        double nanos = System.nanoTime() - start;
        Child.end(Map.of(Figure.MILLIS, nanos / 1e6, Figure.HEAP_MEGABYTES, watch.highestMegabytes()));
    }
}
