package io.github.llmbudget.budget;

import io.github.llmbudget.usage.UsageTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The runs of a test that runs several times, and the limits that are about all of them together. Safe for use by many
 * threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RunSeries {

    private static final int SHOWN_RUNS = 20;

    private final Map<Limit, List<BigDecimal>> used = new LinkedHashMap<>();
    private final Map<Limit, BudgetBreach> unknown = new LinkedHashMap<>();
    private final Set<Limit> inPart = new HashSet<>();
    private int runs;

    /**
     * Creates the empty series.
     *
     * @param limits the limits
     */
    public RunSeries(List<Limit> limits) {
        limits.forEach(limit -> used.put(limit, new ArrayList<>()));
    }

    /**
     * Adds a run.
     *
     * @param budget the limits of the run
     * @param usage what it used
     */
    public synchronized void add(Budget budget, UsageTotals usage) {
        runs++;
        used.forEach((limit, amounts) -> {
            amounts.add(budget.used(limit, usage));
            if (!budget.isComplete(limit, usage)) {
                inPart.add(limit);
            }
            budget.unknown(limit, usage).ifPresent(breach -> unknown.putIfAbsent(limit, breach));
        });
    }

    /**
     * Returns how many runs there were.
     *
     * @return the number of runs
     */
    public synchronized int runs() {
        return runs;
    }

    /**
     * Returns what is compared with a limit.
     *
     * @param limit the limit
     * @return the mean or the percentile of what the runs used
     */
    public synchronized BigDecimal of(Limit limit) {
        return limit.over().of(sorted(limit));
    }

    /**
     * Tells whether what is compared with a limit is known in full.
     *
     * @param limit the limit
     * @return whether nothing is missing in any run; else it is the least that it can be
     */
    public synchronized boolean isComplete(Limit limit) {
        return !inPart.contains(limit);
    }

    private List<BigDecimal> sorted(Limit limit) {
        return used.getOrDefault(limit, List.of()).stream().sorted().toList();
    }

    /**
     * Finds the limits that were exceeded, and those of which nobody can say that they were held.
     *
     * @return one breach a limit at most
     */
    public synchronized List<BudgetBreach> check() {
        return used.keySet().stream().flatMap(limit -> check(limit).stream()).toList();
    }

    private Optional<BudgetBreach> check(Limit limit) {
        BigDecimal actual = of(limit);
        return actual.compareTo(limit.max()) > 0
                ? Optional.of(new BudgetBreach(limit, BudgetBreach.Kind.EXCEEDED, actual, 0))
                : Optional.ofNullable(unknown.get(limit));
    }

    /**
     * Builds the failure.
     *
     * @param breaches what is wrong, at least one
     * @param report where the reader finds the report
     * @return the error, ready to be thrown
     */
    public synchronized BudgetExceededError toError(List<BudgetBreach> breaches, String report) {
        List<String> lines = new ArrayList<>();
        String over = ", over " + TextTable.count(runs) + (runs == 1 ? " run" : " runs");
        lines.add(headline(breaches, over));
        lines.add("");
        breaches.stream()
                .map(BudgetBreach::limit)
                .map(limit -> "  " + limit.declaration() + " on " + limit.declaredOn())
                .distinct()
                .forEach(lines::add);
        breaches.stream().map(this::numbers).distinct().forEach(numbers -> {
            lines.add("");
            lines.addAll(numbers);
        });
        lines.add("");
        lines.add("  Report      " + report);
        String expected = breaches.stream()
                .map(breach -> measured(breach) + " <= " + BreachText.max(breach))
                .collect(Collectors.joining(", "));
        String actual = breaches.stream()
                .map(breach -> measured(breach) + " " + BreachText.actual(breach))
                .collect(Collectors.joining(", "));
        return new BudgetExceededError(String.join("\n", lines), expected, actual, breaches);
    }

    private static String headline(List<BudgetBreach> breaches, String over) {
        List<String> exceeded = breaches.stream()
                .filter(breach -> breach.kind() == BudgetBreach.Kind.EXCEEDED)
                .map(breach -> measured(breach) + " " + BreachText.actual(breach) + " > " + BreachText.max(breach)
                        + BreachText.percentOver(breach))
                .toList();
        List<String> unheld = breaches.stream()
                .filter(breach -> breach.kind() != BudgetBreach.Kind.EXCEEDED)
                .map(breach -> breach.limit().declaration())
                .toList();
        return Stream.of(
                        exceeded.isEmpty() ? "" : "LLM budget exceeded: " + String.join(", ", exceeded) + over,
                        unheld.isEmpty()
                                ? ""
                                : "LLM budget cannot be checked: a run has calls without price or token counts, so"
                                        + " nobody can say that " + Words.list(unheld) + " was held" + over)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String measured(BudgetBreach breach) {
        Metric metric = breach.limit().metric();
        return switch (breach.limit().over()) {
            case EACH -> metric.label();
            case MEAN -> "mean " + metric.label();
            case P95 -> metric.label() + " at the 95th percentile";
        };
    }

    private List<String> numbers(BudgetBreach breach) {
        Limit limit = breach.limit();
        List<BigDecimal> sorted = sorted(limit);
        List<List<String>> rows = List.of(
                List.of(limit.metric().label(), "least", "median", "mean", "p95", "most"),
                List.of(
                        "",
                        BreachText.amount(sorted.get(0), breach),
                        BreachText.amount(sorted.get((sorted.size() - 1) / 2), breach),
                        BreachText.amount(Over.MEAN.of(sorted), breach),
                        BreachText.amount(Over.P95.of(sorted), breach),
                        BreachText.amount(sorted.get(sorted.size() - 1), breach)));
        List<String> lines = new ArrayList<>();
        new TextTable(1).lines(rows).forEach(line -> lines.add("  " + line));
        String byRun = used.getOrDefault(limit, List.of()).stream()
                .limit(SHOWN_RUNS)
                .map(amount -> BreachText.amount(amount, breach))
                .collect(Collectors.joining(" "));
        lines.add("  by run: " + byRun
                + (runs > SHOWN_RUNS ? " and " + TextTable.count(runs - SHOWN_RUNS) + " more" : ""));
        return lines;
    }
}
