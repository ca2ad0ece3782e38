package io.github.llmbudget.budget;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.UsageTotals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Writes the failure of a budget: a first line that suffices in a log, the calls with their running total, where the
 * money went, what would help, and the prices used.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class BudgetFailure {

    private static final int LABEL_WIDTH = 12;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Budget budget;
    private final List<BudgetBreach> breaches;
    private final List<Intervention> interventions;
    private final UsageTotals usage;
    private final List<LlmCall> calls;
    private final PriceCatalog prices;
    private final String report;

    /**
     * Prepares the failure.
     *
     * @param budget the budget
     * @param breaches what is wrong, at least one
     * @param interventions what hard limits refused and cut
     * @param usage the usage of the test
     * @param prices the prices the usage was measured with
     * @param report where the reader finds the report
     */
    public BudgetFailure(
            Budget budget,
            List<BudgetBreach> breaches,
            List<Intervention> interventions,
            UsageTotals usage,
            PriceCatalog prices,
            String report) {
        this.budget = budget;
        this.breaches = breaches;
        this.interventions = interventions;
        this.usage = usage;
        this.calls = budget.limitedCalls(usage);
        this.prices = prices;
        this.report = report;
    }

    /**
     * Builds the error.
     *
     * @return the error, ready to be thrown
     */
    public BudgetExceededError toError() {
        String expected = breaches.stream()
                .map(breach -> breach.limit().metric().label() + " <= " + BreachText.max(breach))
                .collect(Collectors.joining(", "));
        String actual = breaches.stream()
                .map(breach -> switch (breach.kind()) {
                    case EXCEEDED, REFUSED, CUT -> breach.limit().metric().label() + " " + BreachText.actual(breach);
                    case UNPRICED, UNCOUNTED -> breach.limit().metric().label() + " unknown";
                })
                .collect(Collectors.joining(", "));
        return new BudgetExceededError(message(), expected, actual, breaches);
    }

    private String message() {
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        lines.add("");
        declarations().forEach(line -> lines.add("  " + line));
        lines.add("");
        new CallTable(calls, usage, breaches).lines().forEach(line -> lines.add("  " + line));
        estimates().forEach(line -> lines.add("  " + line));
        Footnotes.of(anomalies()).forEach(line -> lines.add("  " + line));
        lines.add("");
        section(lines, "Spent on", spentOn());
        InterventionText stopped = new InterventionText(interventions);
        section(lines, "Refused", stopped.refused());
        section(lines, "Cut", stopped.cut());
        section(lines, "Saved", stopped.saved());
        section(lines, "Shared", shared());
        section(lines, "Unpriced", new MissingPrices(calls, usage, prices).lines());
        section(lines, "Consider", new Advice(calls, usage, breaches, prices).lines());
        section(lines, "Not counted", otherRoles());
        section(lines, "Prices", new PricesUsed(calls, usage, prices.basis()).lines());
        section(lines, "Report", List.of(report));
        return String.join("\n", lines);
    }

    private String headline() {
        List<String> exceeded = breaches.stream()
                .filter(breach -> breach.kind().isExcess())
                .map(this::excess)
                .toList();
        Map<String, List<String>> unheld = new LinkedHashMap<>();
        breaches.stream()
                .filter(breach -> !breach.kind().isExcess())
                .forEach(breach -> unheld.computeIfAbsent(ignorance(breach), cause -> new ArrayList<>())
                        .add(breach.limit().declaration()));
        List<String> unknown = unheld.entrySet().stream()
                .map(entry -> entry.getKey() + ", so nobody can say that " + Words.list(entry.getValue())
                        + (entry.getValue().size() == 1 ? " was held" : " were held"))
                .toList();
        List<String> parts = new ArrayList<>();
        if (!exceeded.isEmpty()) {
            parts.add("LLM budget exceeded: " + String.join(", ", exceeded) + ", in " + callCount(calls.size()));
        }
        long refusedBesides = interventions.stream()
                .filter(intervention -> intervention.kind().isRefusal())
                .filter(intervention -> breaches.stream()
                        .noneMatch(breach -> breach.kind() == BudgetBreach.Kind.REFUSED
                                && breach.limit().equals(intervention.limit())))
                .count();
        if (refusedBesides > 0 && !exceeded.isEmpty()) {
            parts.add(callCount((int) refusedBesides) + " refused");
        } else if (refusedBesides > 0) {
            parts.add("LLM budget exceeded: " + callCount((int) refusedBesides) + " refused");
        }
        if (!unknown.isEmpty()) {
            parts.add("LLM budget cannot be checked: " + String.join(", ", unknown));
        }
        return String.join("; ", parts);
    }

    private String excess(BudgetBreach breach) {
        String actual = BreachText.actual(breach);
        String max = BreachText.max(breach);
        return switch (breach.kind()) {
            case REFUSED -> refused(breach.limit()) + ", " + measured(breach) + " at " + actual + " of " + max;
            case CUT -> "1 stream cut, " + measured(breach) + " at " + actual + " of " + max;
            default -> measured(breach) + " " + actual + " > " + max + BreachText.percentOver(breach);
        };
    }

    /** Returns what a limit is about, and whose it is if it is not the test's. */
    private static String measured(BudgetBreach breach) {
        Set<Role> roles = breach.limit().roles();
        boolean ofOneOther = roles.size() == 1 && !roles.contains(Role.SUBJECT);
        String label = breach.limit().metric().label()
                + (ofOneOther ? " of role " + roles.iterator().next() : "");
        return switch (breach.limit().per()) {
            case CALL -> label + " of one call";
            case TEST -> label;
            case CLASS -> label + " of the class";
            case SUITE -> label + " of the run";
        };
    }

    private String refused(Limit limit) {
        long refused = interventions.stream()
                .filter(intervention -> intervention.limit().equals(limit))
                .filter(intervention -> intervention.kind().isRefusal())
                .count();
        return callCount((int) refused) + " refused";
    }

    private String ignorance(BudgetBreach breach) {
        LlmCall call = calls.get(breach.call() - 1);
        return switch (breach.kind()) {
            case UNPRICED ->
                call.model() == null
                        ? "call " + breach.call() + " names no model"
                        : "no price for " + unpricedPart(call);
            case UNCOUNTED, EXCEEDED, REFUSED, CUT -> "call " + breach.call() + " " + lack(call);
        };
    }

    private String unpricedPart(LlmCall call) {
        String model = "model \"" + call.model() + "\"";
        return prices.missingPrices(call).stream()
                .findFirst()
                .map(missing -> missing.what() + " of " + model + " at service tier " + missing.tier())
                .orElse(model);
    }

    private static String lack(LlmCall call) {
        String lack = call.isUncounted() ? "has no token counts" : "has no reported token counts";
        if (call.status() == CallStatus.UNFINISHED) {
            lack = "did not end";
        }
        return call.countNote() == null ? lack : lack + " (" + call.countNote() + ")";
    }

    private List<String> declarations() {
        Map<String, Set<String>> byPlace = new LinkedHashMap<>();
        for (Limit limit : budget.limits()) {
            byPlace.computeIfAbsent(limit.declaredOn(), place -> new LinkedHashSet<>())
                    .add(limit.declaration());
        }
        return byPlace.entrySet().stream()
                .map(entry -> String.join(" ", entry.getValue()) + " on " + entry.getKey())
                .toList();
    }

    private List<String> estimates() {
        Set<String> notes = new LinkedHashSet<>();
        notes.addAll(notes(CountSource.ESTIMATED, "~ "));
        notes.addAll(notes(CountSource.PARTIAL, ">= "));
        boolean othersReported = calls.stream().anyMatch(call -> call.countSource() == CountSource.REPORTED);
        List<String> lines = new ArrayList<>();
        notes.forEach(note -> lines.add(note + "."));
        if (!lines.isEmpty() && othersReported) {
            lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " All other counts are the provider's own.");
        }
        return lines;
    }

    private List<String> notes(CountSource source, String mark) {
        return calls.stream()
                .filter(call -> call.countSource() == source)
                .map(call -> mark + call.countNote())
                .toList();
    }

    private List<String> anomalies() {
        return IntStream.rangeClosed(1, calls.size())
                .boxed()
                .flatMap(number -> notes(calls.get(number - 1)).map(note -> "call " + number + ": " + note))
                .toList();
    }

    private Stream<String> notes(LlmCall call) {
        return Footnotes.notes(call, usage.costOf(call)).stream();
    }

    private List<String> spentOn() {
        Cost total = Cost.sum(calls.stream().map(usage::costOf).toList());
        if (total.usd().signum() == 0) {
            return List.of();
        }
        Map<String, BigDecimal> byComponent = new LinkedHashMap<>();
        total.lines().forEach(line -> byComponent.merge(line.row().what(), line.usd(), BigDecimal::add));
        return List.of(byComponent.entrySet().stream()
                .sorted(Map.Entry.<String, BigDecimal>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " "
                        + entry.getValue().multiply(HUNDRED).divide(total.usd(), 0, RoundingMode.HALF_UP) + "%")
                .collect(Collectors.joining(" · ")));
    }

    /** Tells what others used of limits that they share with this test. */
    private List<String> shared() {
        return breaches.stream()
                .filter(breach -> breach.limit().per().isShared())
                .map(breach -> {
                    BigDecimal others = breach.actual().subtract(budget.used(breach.limit(), usage));
                    return "other tests used " + BreachText.amount(others, breach) + " of "
                            + breach.limit().declaration();
                })
                .toList();
    }

    private List<String> otherRoles() {
        List<LlmCall> others = usage.calls().stream()
                .filter(call -> !budget.limitedRoles().contains(call.role()))
                .toList();
        if (others.isEmpty()) {
            return List.of();
        }
        return List.of(callCount(others.size()) + " of other roles, "
                + Cost.sum(others.stream().map(usage::costOf).toList()) + ": limits are for the code under test");
    }

    private static void section(List<String> lines, String label, List<String> content) {
        String margin = "  " + String.format(Locale.ROOT, "%-" + LABEL_WIDTH + "s", label);
        for (String line : content) {
            lines.add(margin + line);
            margin = "  " + " ".repeat(LABEL_WIDTH);
        }
    }

    private static String callCount(int calls) {
        return calls == 1 ? "1 call" : TextTable.count(calls) + " calls";
    }
}
