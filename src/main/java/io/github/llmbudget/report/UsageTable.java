package io.github.llmbudget.report;

import io.github.llmbudget.budget.Footnotes;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.budget.Words;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.price.Cost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tests of a report as rows of text, for console and summary. */
final class UsageTable {

    static final List<String> HEAD = List.of("test", "calls", "input", "cached", "output", "cost", "limit", "used");

    private static final int SHOWN_NAMES = 5;

    private final UsageReport report;
    private final Figures figures;

    UsageTable(UsageReport report) {
        this.report = report;
        this.figures =
                Figures.of(report.tests().stream().map(test -> test.totals().listCost()));
    }

    List<String> row(TestUsage test) {
        Totals totals = test.totals();
        Optional<LimitUsage> tightest = test.limits().stream()
                .max(Comparator.comparing((LimitUsage limit) -> limit.breach() != null)
                        .thenComparing(LimitUsage::isNear)
                        .thenComparing(LimitUsage::share));
        List<String> row = new ArrayList<>(
                test.calls().isEmpty() && test.kind() != TestUsage.Kind.TEST
                        ? List.of(test.name(), "-", "-", "-", "-", "-")
                        : cells(test.name(), totals));
        row.add(tightest.map(LimitUsage::describeLimit).orElse("-"));
        row.add(tightest.map(limit -> share(limit, totals)).orElse("-")
                + (isBroken(test, tightest) ? " FAILED" : "")
                + (tightest.filter(LimitUsage::isNear).isPresent() ? " WARNING" : ""));
        return row;
    }

    /** A limit that tests share is broken by one of them, and shown as broken where it stands too. */
    private static boolean isBroken(TestUsage test, Optional<LimitUsage> tightest) {
        return test.outcome() == TestUsage.Outcome.OVER_BUDGET
                || tightest.filter(limit -> limit.breach() != null).isPresent();
    }

    /** A share of a cost that lacks prices, or of what was counted in part, is the least it can be. */
    private static String share(LimitUsage limit, Totals totals) {
        boolean known =
                limit.limit().per() != Scope.TEST || totals.knows(limit.limit().metric());
        if (known || limit.breach() != null) {
            return limit.describeShare();
        }
        return limit.used().signum() == 0 ? "unknown" : ">=" + limit.describeShare();
    }

    List<String> totalRow() {
        List<String> row = new ArrayList<>(cells("total", report.totals()));
        row.add("");
        row.add("");
        return row;
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
                        .map(limit -> test.name() + " with " + limit.describeShare() + " of " + limit.describeLimit()))
                .toList();
    }

    private List<String> unpricedModels() {
        return shown(calls().filter(CallUsage::isUnpriced)
                .map(call -> call.call().model())
                .map(model -> model == null ? "no model named" : model)
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
            for (int number = 1; number <= test.calls().size(); number++) {
                String place = test.name() + ", call " + number + ": ";
                CallUsage call = test.calls().get(number - 1);
                Footnotes.notes(call.call(), call.cost()).forEach(note -> anomalies.add(place + note));
            }
        }
        return anomalies;
    }

    private List<String> cells(String name, Totals totals) {
        long cached = totals.tokens().cachedInput();
        return List.of(
                name,
                TextTable.count(totals.calls()),
                figures.input(totals),
                cached == 0 ? "-" : TextTable.count(cached),
                figures.output(totals),
                money(totals));
    }

    private String money(Totals totals) {
        Cost cost = totals.listCost();
        boolean isUnpriced = cost.usd().signum() == 0 && !cost.isComplete() && totals.unpriced() > 0;
        return isUnpriced ? unpriced(totals) : figures.money(cost);
    }
}
