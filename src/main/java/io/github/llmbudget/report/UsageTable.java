package io.github.llmbudget.report;

import io.github.llmbudget.budget.Footnotes;
import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.budget.Words;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.price.Cost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The tests of a report as rows of text, for console and summary. */
final class UsageTable {

    static final List<String> HEAD = List.of("test", "calls", "input", "cached", "output", "cost", "limit", "used");
    static final List<String> MODEL_HEAD = List.of("model", "calls", "input", "cached", "output", "cost");

    static final Comparator<TestUsage> DEAREST_FIRST = Comparator.comparing(
                    (TestUsage test) -> test.totals().listCost().usd())
            .reversed()
            .thenComparing(TestUsage::name)
            .thenComparing(TestUsage::id);

    private static final int SHOWN_NAMES = 5;
    private static final int NAME_WIDTH = 72;

    private final UsageReport report;
    private final Figures figures;

    UsageTable(UsageReport report) {
        this.report = report;
        this.figures =
                Figures.of(report.tests().stream().map(test -> test.totals().listCost()));
    }

    List<String> row(TestUsage test) {
        Totals totals = test.totals();
        Optional<LimitUsage> tightest = test.tightest();
        List<String> row = new ArrayList<>(
                test.calls().isEmpty() && test.kind() != TestUsage.Kind.TEST
                        ? List.of(test.name(), "-", "-", "-", "-", "-")
                        : cells(test.name(), totals));
        row.add(tightest.map(LimitUsage::describeLimit).orElse("-"));
        row.add(tightest.map(LimitUsage::describeShare).orElse("-"));
        return row;
    }

    /** Returns a row for each of the dearest models, and one for the others. */
    List<List<String>> modelRows(int most) {
        List<ModelUsage> models = report.models();
        // One row for the others would take the place of the one that it is about.
        int shown = models.size() <= most ? models.size() : most - 1;
        List<List<String>> rows = new ArrayList<>();
        models.stream()
                .limit(shown)
                .map(model -> cells(modelName(model), model.totals(), price(model.totals())))
                .forEach(rows::add);
        if (shown < models.size()) {
            List<CallUsage> others = calls().filter(call -> models.stream()
                            .skip(shown)
                            .anyMatch(model -> Objects.equals(
                                            model.model(), call.call().model())
                                    && Objects.equals(
                                            model.provider(), call.call().provider())))
                    .toList();
            Totals rest = Totals.of(others);
            rows.add(cells((models.size() - shown) + " more models", rest, price(rest)));
        }
        return rows;
    }

    /** Names the service only where the same model is called at several. */
    private String modelName(ModelUsage usage) {
        String name = usage.model() == null ? "no model named" : usage.model();
        boolean isElsewhere = report.models().stream()
                        .filter(other -> Objects.equals(other.model(), usage.model()))
                        .count()
                > 1;
        return isElsewhere
                ? name + " (" + (usage.provider() == null ? "unknown service" : usage.provider()) + ")"
                : name;
    }

    List<String> totalRow() {
        return cells("total", report.totals());
    }

    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        Totals totals = report.totals();
        int counted = totals.reported() + totals.estimated() + totals.partial();
        if (totals.estimated() > 0) {
            remarks.add("~ " + totals.estimated() + " of " + counted
                    + " calls estimated here, for the service reported no usage" + reasons(CountSource.ESTIMATED));
        }
        if (totals.partial() > 0) {
            remarks.add(">= " + totals.partial() + " of " + counted + " calls counted in part"
                    + reasons(CountSource.PARTIAL));
        }
        if (totals.uncounted() > 0) {
            remarks.add("? " + totals.uncounted() + " of " + totals.calls() + " calls with unknown usage");
        }
        if (totals.unpriced() > 0) {
            remarks.add(unpriced(totals) + ": " + Words.list(unpricedModels()));
        }
        long ownFigures =
                calls().filter(call -> call.cost().isReportedByService()).count();
        if (ownFigures > 0) {
            remarks.add(
                    "$ " + ownFigures + " of " + totals.calls() + " calls at the cost that the service itself reports");
        }
        List<String> near = near();
        if (!near.isEmpty()) {
            remarks.add("near " + (near.size() == 1 ? "a limit: " : "their limits: ") + Words.list(shown(near)));
        }
        if (totals.failed() > 0) {
            remarks.add(totals.failed() + " of " + totals.calls() + " calls failed");
        }
        Totals earlier = report.earlierAttempts();
        if (earlier.calls() > 0) {
            remarks.add("earlier attempts of tests that were run again, not in the sums: "
                    + (earlier.calls() == 1 ? "1 call" : TextTable.count(earlier.calls()) + " calls") + ", "
                    + earlier.readable(earlier.listCost()));
        }
        long odd = calls().filter(call -> !call.call().anomalies().isEmpty()).count();
        if (odd > 0) {
            remarks.add("! " + odd + " of " + totals.calls() + " calls with answers that do not add up");
        }
        return remarks;
    }

    /** Returns what the prices are taken from, a line a basis. */
    List<String> prices() {
        return report.prices().stream().map(basis -> "prices: " + basis).toList();
    }

    /** Returns what the report does not have, a line each. */
    List<String> missing() {
        return shown(report.missing()).stream()
                .map(what -> "incomplete: " + what)
                .toList();
    }

    private Stream<CallUsage> calls() {
        return report.tests().stream().flatMap(test -> test.calls().stream());
    }

    /** Tells why the counts of calls that were made here may be others, if there is a reason. */
    private String reasons(CountSource source) {
        List<String> reasons = calls().map(CallUsage::call)
                .filter(call -> call.countSource() == source)
                .flatMap(call -> call.estimateReasons().stream())
                .sorted()
                .distinct()
                .map(EstimateReason::explanation)
                .toList();
        return reasons.isEmpty() ? "" : ": " + Words.list(reasons);
    }

    private List<String> near() {
        return report.tests().stream()
                .flatMap(test -> test.limits().stream()
                        .filter(LimitUsage::isNear)
                        .map(limit -> PlainText.end(test.name(), NAME_WIDTH) + " with " + limit.describeShare() + " of "
                                + limit.describeLimit()))
                .toList();
    }

    private List<String> unpricedModels() {
        return shown(calls().filter(CallUsage::isUnpriced)
                .map(call -> call.call().model())
                .map(model -> model == null ? "no model named" : PlainText.beginning(model, NAME_WIDTH))
                .distinct()
                .sorted()
                .toList());
    }

    private static List<String> shown(List<String> names) {
        return names.size() <= SHOWN_NAMES
                ? names
                : Stream.concat(names.stream().limit(SHOWN_NAMES), Stream.of((names.size() - SHOWN_NAMES) + " more"))
                        .toList();
    }

    private static String unpriced(Totals totals) {
        return "unpriced (" + totals.unpriced() + (totals.unpriced() == 1 ? " call)" : " calls)");
    }

    /** Returns what does not add up, with the call it is about. */
    List<String> anomalies() {
        List<String> anomalies = new ArrayList<>();
        for (TestUsage test : report.tests()) {
            int number = 0;
            for (CallUsage call : test.calls()) {
                number++;
                for (String note : Footnotes.notes(call.call(), call.cost())) {
                    anomalies.add(PlainText.end(test.name(), NAME_WIDTH) + ", call " + number + ": " + note);
                }
            }
        }
        return anomalies;
    }

    private List<String> cells(String name, Totals totals) {
        return cells(name, totals, money(totals));
    }

    private List<String> cells(String name, Totals totals, String money) {
        long cached = totals.tokens().cachedInput();
        return List.of(
                name,
                TextTable.count(totals.calls()),
                figures.input(totals),
                cached == 0 ? "-" : TextTable.count(cached),
                figures.output(totals),
                money);
    }

    /** Of a model it says enough that it has no price. */
    private String price(Totals totals) {
        return isUnpriced(totals) ? "unpriced" : figures.money(totals.listCost());
    }

    private String money(Totals totals) {
        return isUnpriced(totals) ? unpriced(totals) : figures.money(totals.listCost());
    }

    private static boolean isUnpriced(Totals totals) {
        Cost cost = totals.listCost();
        return cost.usd().signum() == 0 && !cost.isComplete() && totals.unpriced() > 0;
    }
}
