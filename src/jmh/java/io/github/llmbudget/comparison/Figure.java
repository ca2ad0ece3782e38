package io.github.llmbudget.comparison;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/** What is measured. */
enum Figure {
    CALL_MICROS,
    CALL_BYTES,
    STREAM_MILLIS,
    EVENT_BYTES,
    FIRST_EVENT_MILLIS,
    LAG_MEDIAN_MICROS,
    LAG_99_MICROS,
    KEPT_BYTES,
    HEAP_MEGABYTES,
    /** All that was done, from its start to its end. */
    MILLIS;

    private static final String BEGINNING = "figures ";

    /** Writes figures into a line of text. */
    static String line(Map<Figure, Double> figures) {
        return figures.entrySet().stream().map(Entry::toString).collect(Collectors.joining(" ", BEGINNING, ""));
    }

    /** Tells whether a line has figures. */
    static boolean isIn(String line) {
        return line.startsWith(BEGINNING);
    }

    /** Reads the figures of a line. */
    static Map<Figure, Double> read(String line) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        Arrays.stream(line.substring(BEGINNING.length()).split(" "))
                .map(figure -> figure.split("="))
                .forEach(parts -> figures.put(valueOf(parts[0]), Double.valueOf(parts[1])));
        return figures;
    }
}
