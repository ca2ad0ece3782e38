package io.github.llmbudget.report;

import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.budget.Words;
import io.github.llmbudget.price.Cost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What changed against a baseline.
 *
 * @param verdict the whole of it in a clause, empty where there is no baseline
 * @param changes how the cost of tests changed, by their ids; tests that cost what they did have none
 * @param remarks what else there is to say, a line each
 */
record Comparison(Optional<String> verdict, Map<String, String> changes, List<String> remarks) {

    /** Nothing to compare with. */
    static final Comparison NONE = new Comparison(Optional.empty(), Map.of(), List.of());

    private static final String INCONCLUSIVE = "INCONCLUSIVE against the baseline: ";
    private static final int SHOWN_NAMES = 5;
    private static final int NAME_WIDTH = 72;
    private static final int REASON_WIDTH = 200;

    /** Compares with the report in a file. One that cannot be read is said to be so: it is not the same as no change. */
    static Comparison of(UsageReport report, Path file) {
        try {
            return of(report, Baseline.read(file));
        } catch (IOException e) {
            String reason = PlainText.beginning(file + ": " + e.getMessage(), REASON_WIDTH);
            return new Comparison(Optional.of(INCONCLUSIVE + reason), Map.of(), List.of());
        }
    }

    static Comparison of(UsageReport report, Baseline baseline) {
        Map<String, Baseline.Priced> now = new TreeMap<>();
        // Modules may have tests of one id, which count as one here and in the baseline.
        report.tests()
                .forEach(test ->
                        now.merge(test.id(), new Baseline.Priced(test.name(), costOf(test)), Baseline.Priced::plus));
        return new Pairs(baseline.tests(), now).comparison(baseline);
    }

    private static Cost costOf(TestUsage test) {
        return test.totals().listCost();
    }

    /** The tests before and now. */
    private record Pairs(Map<String, Baseline.Priced> before, Map<String, Baseline.Priced> now) {

        Comparison comparison(Baseline baseline) {
            Set<String> unknown = new TreeSet<>();
            Stream.of(before, now)
                    .flatMap(tests -> tests.entrySet().stream())
                    .filter(test -> !test.getValue().cost().isComplete())
                    .forEach(test -> unknown.add(test.getKey()));
            List<String> remarks = new ArrayList<>();
            remark("not comparable, for what they cost is not known", names(unknown))
                    .ifPresent(remarks::add);
            remark("new since the baseline", names(without(now, before.keySet()).keySet()))
                    .ifPresent(remarks::add);
            remark(
                            "gone since the baseline",
                            names(without(before, now.keySet()).keySet()))
                    .ifPresent(remarks::add);
            remarks.add("baseline: the report of " + baseline.created());
            return new Comparison(Optional.of(verdict(unknown)), changes(unknown), remarks);
        }

        private String verdict(Set<String> unknown) {
            CostChange known = new CostChange(sum(without(before, unknown)), sum(without(now, unknown)));
            return unknown.isEmpty()
                    ? known.inASentence() + " against the baseline"
                    : INCONCLUSIVE + "the cost of " + counted(unknown.size()) + " is not known, the rest is "
                            + known.inASentence();
        }

        private Map<String, String> changes(Set<String> unknown) {
            Map<String, String> changes = new TreeMap<>();
            now.forEach((id, test) -> {
                Baseline.Priced earlier = before.get(id);
                if (earlier == null) {
                    changes.put(id, "new");
                } else if (unknown.contains(id)) {
                    changes.put(id, "unknown");
                } else if (earlier.cost().usd().compareTo(test.cost().usd()) != 0) {
                    changes.put(id, new CostChange(earlier.cost(), test.cost()).inATable());
                }
            });
            return changes;
        }

        private List<String> names(Set<String> ids) {
            return ids.stream()
                    .map(id -> now.getOrDefault(id, before.get(id)))
                    .flatMap(Stream::ofNullable)
                    .map(test -> PlainText.end(test.name(), NAME_WIDTH))
                    .sorted()
                    .toList();
        }

        private static Map<String, Baseline.Priced> without(Map<String, Baseline.Priced> tests, Set<String> ids) {
            Map<String, Baseline.Priced> rest = new TreeMap<>(tests);
            rest.keySet().removeAll(ids);
            return rest;
        }

        private static Cost sum(Map<String, Baseline.Priced> tests) {
            return Cost.sum(tests.values().stream().map(Baseline.Priced::cost).toList());
        }
    }

    private static Optional<String> remark(String what, List<String> names) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<String> shown = names.size() <= SHOWN_NAMES
                ? names
                : Stream.concat(names.stream().limit(SHOWN_NAMES), Stream.of(names.size() - SHOWN_NAMES + " more"))
                        .toList();
        return Optional.of(what + ": " + Words.list(shown));
    }

    private static String counted(int tests) {
        return tests == 1 ? "1 test" : TextTable.count(tests) + " tests";
    }
}
