package io.github.llmbudget.comparison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Entrants that do the same, and the table of what came out.
 *
 * @param name by which it is chosen
 * @param title what stands over the table
 * @param entrants who takes part, in the order of the rows
 * @param jvms what JVMs they have
 * @param unmeasured how many rounds come first, until the JVMs are warm
 * @param measured how many rounds count
 * @param columns what is shown of each entrant
 */
record Contest(
        String name,
        String title,
        List<Entrant> entrants,
        Supplier<Jvms> jvms,
        int unmeasured,
        int measured,
        List<Column> columns) {

    /** Returns a shorter one, good for a glance. */
    Contest withAtMost(int rounds) {
        return new Contest(
                name, title, entrants, jvms, Math.min(rounds, unmeasured), Math.min(rounds, measured), columns);
    }

    /** Holds it, and returns the table as Markdown. */
    String table() throws IOException {
        List<Round> rounds = new ArrayList<>();
        try (Jvms running = jvms.get()) {
            for (int i = 0; i < unmeasured + measured; i++) {
                rounds.add(round(running));
            }
        }
        return table(rounds.subList(unmeasured, unmeasured + measured));
    }

    private Round round(Jvms running) throws IOException {
        Map<Entrant, Map<Figure, Double>> figures = new HashMap<>();
        for (Entrant entrant : entrants) {
            figures.put(entrant, running.figures(entrant));
        }
        return new Round(figures);
    }

    private String table(List<Round> rounds) {
        StringBuilder table = new StringBuilder("## " + title + "\n\n|");
        columns.forEach(column -> table.append(" | ").append(column.title()));
        table.append(" |\n|---").append("|--:".repeat(columns.size())).append("|\n");
        for (Entrant entrant : entrants) {
            table.append("| ").append(entrant.label());
            columns.forEach(column -> table.append(" | ").append(column.cell(entrant, rounds)));
            table.append(" |\n");
        }
        return table.toString();
    }
}
