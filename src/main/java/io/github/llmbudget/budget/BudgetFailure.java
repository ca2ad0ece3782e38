package io.github.llmbudget.budget;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.price.PriceComponent;
import io.github.llmbudget.price.Usd;
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
    private static final int NEAREST_NAMES = 3;
    private static final String HOW_TO_ADD =
            "To add it, put " + PriceCatalog.CLASS_PATH_LIST + " into src/test/resources, in USD per 1M tokens:";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Budget budget;
    private final List<BudgetBreach> breaches;
    private final UsageTotals usage;
    private final List<LlmCall> calls;
    private final PriceCatalog prices;
    private final String report;

    /**
     * Prepares the failure.
     *
     * @param budget the budget
     * @param breaches what is wrong, at least one
     * @param usage the usage of the test
     * @param prices the prices the usage was measured with
     * @param report where the reader finds the report
     */
    public BudgetFailure(
            Budget budget, List<BudgetBreach> breaches, UsageTotals usage, PriceCatalog prices, String report) {
        this.budget = budget;
        this.breaches = breaches;
        this.usage = usage;
        this.calls = Budget.limitedCalls(usage);
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
                .map(breach -> breach.limit().metric().label() + " <= "
                        + amount(breach.limit().metric(), breach.limit().max(), breach))
                .collect(Collectors.joining(", "));
        String actual = breaches.stream()
                .map(breach -> switch (breach.kind()) {
                    case EXCEEDED ->
                        breach.limit().metric().label() + " "
                                + amount(breach.limit().metric(), breach.actual(), breach);
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
        section(lines, "Unpriced", unpriced());
        section(lines, "Consider", new Advice(calls, usage, breaches, prices).lines());
        section(lines, "Not counted", otherRoles());
        section(lines, "Prices", pricesUsed());
        section(lines, "Report", List.of(report));
        return String.join("\n", lines);
    }

    private String headline() {
        List<String> exceeded = breaches.stream()
                .filter(breach -> breach.kind() == BudgetBreach.Kind.EXCEEDED)
                .map(this::excess)
                .toList();
        Map<String, List<String>> unheld = new LinkedHashMap<>();
        breaches.stream()
                .filter(breach -> breach.kind() != BudgetBreach.Kind.EXCEEDED)
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
        if (!unknown.isEmpty()) {
            parts.add("LLM budget cannot be checked: " + String.join(", ", unknown));
        }
        return String.join("; ", parts);
    }

    private String excess(BudgetBreach breach) {
        Metric metric = breach.limit().metric();
        return metric.label() + " " + amount(metric, breach.actual(), breach) + " > "
                + amount(metric, breach.limit().max(), breach) + percentOver(breach);
    }

    private static String percentOver(BudgetBreach breach) {
        BigDecimal max = breach.limit().max();
        if (max.signum() == 0) {
            return "";
        }
        BigDecimal percent = breach.actual().subtract(max).multiply(HUNDRED).divide(max, 0, RoundingMode.HALF_UP);
        return percent.signum() == 0
                ? " (+<1%)"
                : " (+" + String.format(Locale.ROOT, "%,d", percent.toBigInteger()) + "%)";
    }

    private String ignorance(BudgetBreach breach) {
        LlmCall call = calls.get(breach.call() - 1);
        return switch (breach.kind()) {
            case UNPRICED ->
                call.model() == null
                        ? "call " + breach.call() + " names no model"
                        : "no price for " + unpricedPart(call);
            case UNCOUNTED, EXCEEDED -> "call " + breach.call() + " " + lack(call);
        };
    }

    private String unpricedPart(LlmCall call) {
        String model = "model \"" + call.model() + "\"";
        return prices.missingPrices(call).stream()
                .findFirst()
                .map(missing -> words(missing.component()) + " of " + model + " at service tier " + missing.tier())
                .orElseGet(() -> isInPriceList(call)
                        ? String.join(", ", prices.unpricedTools(call)) + " that the service ran"
                        : model);
    }

    private static String lack(LlmCall call) {
        String lack = call.isUncounted() ? "has no token counts" : "has no reported token counts";
        if (call.status() == CallStatus.UNFINISHED) {
            lack = "did not end";
        }
        return call.countNote() == null ? lack : lack + " (" + call.countNote() + ")";
    }

    /** Shows an amount of money with as many decimals as it takes to see that it differs from the limit. */
    private static String amount(Metric metric, BigDecimal amount, BudgetBreach breach) {
        if (metric != Metric.COST) {
            return TextTable.count(amount.longValueExact());
        }
        int scale = Usd.readableScale(breach.actual());
        if (breach.kind() == BudgetBreach.Kind.EXCEEDED) {
            while (breach.actual()
                            .setScale(scale, RoundingMode.HALF_UP)
                            .compareTo(breach.limit().max().setScale(scale, RoundingMode.HALF_UP))
                    <= 0) {
                scale++;
            }
        }
        return Usd.rounded(amount, scale);
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
        Set<String> notes = calls.stream()
                .filter(call -> call.countSource() == CountSource.ESTIMATED)
                .map(LlmCall::countNote)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean othersReported = calls.stream().anyMatch(call -> call.countSource() == CountSource.REPORTED);
        List<String> lines = new ArrayList<>();
        notes.forEach(note -> lines.add("~ " + note + "."));
        if (!lines.isEmpty() && othersReported) {
            lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " All other counts are the provider's own.");
        }
        return lines;
    }

    private List<String> anomalies() {
        return IntStream.rangeClosed(1, calls.size())
                .boxed()
                .flatMap(number ->
                        calls.get(number - 1).anomalies().stream().map(anomaly -> "call " + number + ": " + anomaly))
                .toList();
    }

    private List<String> spentOn() {
        Cost total = Cost.sum(calls.stream().map(usage::costOf).toList());
        if (total.usd().signum() == 0) {
            return List.of();
        }
        Map<String, BigDecimal> byComponent = new LinkedHashMap<>();
        total.lines().forEach(line -> byComponent.merge(words(line.component()), line.usd(), BigDecimal::add));
        return List.of(byComponent.entrySet().stream()
                .sorted(Map.Entry.<String, BigDecimal>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " "
                        + entry.getValue().multiply(HUNDRED).divide(total.usd(), 0, RoundingMode.HALF_UP) + "%")
                .collect(Collectors.joining(" · ")));
    }

    private List<String> unpriced() {
        Set<PriceCatalog.MissingPrice> missing = new LinkedHashSet<>();
        Set<String> unknownModels = new LinkedHashSet<>();
        Set<String> tools = new LinkedHashSet<>();
        for (LlmCall call : calls) {
            tools.addAll(prices.unpricedTools(call));
            missing.addAll(call.isUncounted() ? List.of() : prices.missingPrices(call));
            if (call.model() != null && isUnpriced(call) && !isInPriceList(call)) {
                unknownModels.add(call.model());
            }
        }
        List<String> lines = new ArrayList<>();
        unknownModels.forEach(model -> lines.addAll(howToPriceModel(model)));
        if (!missing.isEmpty()) {
            lines.addAll(howToPriceComponents(missing));
        }
        if (!tools.isEmpty()) {
            lines.add("The service bills " + String.join(", ", tools) + " by use, and no price list has such fees.");
        }
        if (!lines.isEmpty()) {
            boolean onlyTools = missing.isEmpty() && unknownModels.isEmpty();
            lines.add((onlyTools ? "Let" : "or let") + " it pass with llmbudget.unknown-price=warn");
        }
        return lines;
    }

    private boolean isInPriceList(LlmCall call) {
        String model = call.model();
        return model != null && prices.priceOf(model).isPresent();
    }

    private boolean isUnpriced(LlmCall call) {
        return !call.isUncounted() && !usage.costOf(call).isComplete();
    }

    private List<String> howToPriceModel(String model) {
        String because = prices.expiryOf(model)
                .map(last -> "had its last known price on " + last)
                .orElse("is in no price list");
        String name = model.toLowerCase(Locale.ROOT);
        return List.of(
                model + " " + because + " (" + prices.describe() + ").",
                "Nearest known names: " + String.join(", ", prices.nearestNames(model, NEAREST_NAMES)),
                HOW_TO_ADD,
                "  model,component,price",
                "  " + name + ",input,<price>",
                "  " + name + ",output,<price>");
    }

    private List<String> howToPriceComponents(Set<PriceCatalog.MissingPrice> missing) {
        List<String> lines = new ArrayList<>();
        missing.forEach(price -> lines.add(price.model() + " has no price for " + words(price.component())
                + " at service tier " + price.tier() + " (" + prices.describe() + ")."));
        lines.add(HOW_TO_ADD);
        lines.add("  model,component,tier,price");
        missing.forEach(price ->
                lines.add("  " + price.model() + "," + price.component().id() + "," + price.tier() + ",<price>"));
        return lines;
    }

    private static String words(PriceComponent component) {
        return component.id().replace('_', ' ');
    }

    private List<String> otherRoles() {
        List<LlmCall> others = usage.calls().stream()
                .filter(call -> call.role() != Role.SUBJECT)
                .toList();
        if (others.isEmpty()) {
            return List.of();
        }
        return List.of(callCount(others.size()) + " of other roles, "
                + Cost.sum(others.stream().map(usage::costOf).toList()) + ": limits are for the code under test");
    }

    private List<String> pricesUsed() {
        Set<String> models = new LinkedHashSet<>();
        calls.forEach(call -> usage.costOf(call).lines().forEach(line -> models.add(line.model())));
        List<String> lines = new ArrayList<>();
        models.forEach(model -> prices.priceOf(model).ifPresent(price -> lines.add(price.describe())));
        if (!lines.isEmpty()) {
            lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " (" + prices.describe() + ")");
        }
        return lines;
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
