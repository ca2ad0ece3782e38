package io.github.llmbudget.comparison;

import java.io.IOException;
import java.util.Map;

/** What is done on a way, and how long it takes. */
interface Work {

    /** Returns what is answered. */
    default Output output() {
        return Output.USUAL;
    }

    /**
     * Does it.
     *
     * @param way how to come to answers
     * @return the figures, by what they are
     */
    Map<Figure, Double> on(Way way) throws IOException;

    /** Reads which work is meant: a name, and its numbers. */
    static Work named(String name, int... numbers) {
        return switch (name) {
            case "calls" -> new Calls(numbers[0], numbers[1]);
            case "streams" -> new Streams(numbers[0], numbers[1], Output.Pace.AT_ONCE);
            case "paced-streams" -> new Streams(numbers[0], numbers[1], Output.Pace.AN_EVENT_A_MILLISECOND);
            case "kept-heap" -> new KeptHeap(numbers[0], numbers[1]);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
