package io.github.llmbudget.comparison;

import java.util.Map;

/**
 * What came out when each entrant did its work once, one after the other.
 *
 * @param figures the figures of each
 */
record Round(Map<Entrant, Map<Figure, Double>> figures) {

    /** Returns a figure, not a number if there is none. */
    double get(Entrant entrant, Figure figure) {
        return figures.get(entrant).getOrDefault(figure, Double.NaN);
    }
}
