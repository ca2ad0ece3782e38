package io.github.llmbudget.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/**
 * A column of a table. A cell is the median over all rounds, of ratios too: what slows the machine down for a while slows
 * down both of their sides.
 *
 * @param title what stands over it
 * @param decimals how many decimals its numbers have
 * @param value what it shows of an entrant, not a number for nothing
 */
record Column(String title, int decimals, ToDoubleBiFunction<Round, Entrant> value) {

    static Column of(String title, int decimals, Figure figure) {
        return new Column(title, decimals, (round, entrant) -> round.get(entrant, figure));
    }

    /** Returns one that shows by what an entrant is slower than another. */
    static Column ratio(String title, Figure figure, Entrant to) {
        return new Column(title, 2, (round, entrant) -> round.get(entrant, figure) / round.get(to, figure));
    }

    /** Returns one that shows by what some entrants are slower than another one, each than its own. */
    static Column ratio(String title, Figure figure, Map<Entrant, Entrant> to) {
        return new Column(
                title,
                2,
                (round, entrant) -> to.containsKey(entrant)
                        ? round.get(entrant, figure) / round.get(to.get(entrant), figure)
                        : Double.NaN);
    }

    String cell(Entrant entrant, List<Round> rounds) {
        double[] sorted = rounds.stream()
                .mapToDouble(round -> value.applyAsDouble(round, entrant))
                .sorted()
                .toArray();
        double median = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
        return Double.isNaN(median) ? "" : String.format(Locale.ROOT, "%,." + decimals + "f", median);
    }
}
