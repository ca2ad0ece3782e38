package io.github.llmbudget.comparison;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** A JVM that another one asks for figures. */
final class Child {

    private Child() {}

    /** Does its job at once, and again for each line that it is sent, until nobody is there to send more. */
    static void repeat(Callable<Map<Figure, Double>> job) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
        do {
            long start = System.nanoTime();
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            figures.putAll(job.call());
            figures.put(Figure.MILLIS, (System.nanoTime() - start) / 1e6);
            System.out.println(Figure.line(figures));
        } while (orders.readLine() != null);
        System.exit(0);
    }

    /** Tells its only figures and ends, whatever still runs. */
    static void end(Map<Figure, Double> figures) {
        System.out.println(Figure.line(figures));
        System.exit(0);
    }
}
