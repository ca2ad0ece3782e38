package io.github.llmbudget.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A daemon runs one build at a time, so what ran at the same time is of one build. */
final class Simultaneous {

    private Simultaneous() {}

    /**
     * Finds what belongs to the latest build: what ran at the same time as the last one to start, or as something that did.
     *
     * @param all what ran
     * @param start when it was started
     * @param end when it was last heard of
     * @return what is of the latest build, in the order of the starts
     */
    static <T> List<T> latest(List<T> all, Function<T, Instant> start, Function<T, Instant> end) {
        List<T> build = new ArrayList<>();
        Instant over = Instant.MIN;
        for (T next : all.stream().sorted(Comparator.comparing(start)).toList()) {
            if (start.apply(next).isAfter(over)) {
                build.clear();
            }
            build.add(next);
            Instant until = end.apply(next);
            over = until.isAfter(over) ? until : over;
        }
        return build;
    }
}
