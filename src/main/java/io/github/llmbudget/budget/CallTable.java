package io.github.llmbudget.budget;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.Usd;
import io.github.llmbudget.usage.UsageTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The calls of a test as a table: one line each with the running total, and a mark where a limit was crossed. */
final class CallTable {

    private static final int MAX_ROWS = 12;
    private static final List<String> HEAD =
            List.of("#", "operation", "model", "input", "cached", "output", "cost", "running");
    private static final int FIRST_NUMBER_COLUMN = 3;

    private final List<LlmCall> calls;
    private final UsageTotals usage;
    private final List<BudgetBreach> breaches;
    private final int scale;

    CallTable(List<LlmCall> calls, UsageTotals usage, List<BudgetBreach> breaches) {
        this.calls = calls;
        this.usage = usage;
        this.breaches = breaches;
        this.scale = Usd.readableScale(total(calls.size()).usd());
    }

    List<String> lines() {
        NavigableSet<Integer> shown = shownCalls();
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        int previous = 0;
        for (int number : shown) {
            if (number > previous + 1) {
                rows.add(List.of("...", TextTable.count(number - previous - 1) + " more"));
            }
            rows.add(row(number));
            previous = number;
        }
        if (calls.size() > previous) {
            rows.add(List.of("...", TextTable.count(calls.size() - previous) + " more"));
        }
        rows.add(totalRow());
        return new TextTable(FIRST_NUMBER_COLUMN).lines(rows);
    }

    /** Shows all calls if they are few, else those that crossed a limit, the last ones, and the first ones. */
    private NavigableSet<Integer> shownCalls() {
        NavigableSet<Integer> shown = new TreeSet<>();
        int rows = calls.size() <= MAX_ROWS ? MAX_ROWS : MAX_ROWS - 2;
        breaches.stream()
                .map(BudgetBreach::call)
                .filter(number -> number > 0)
                .limit(rows / 2)
                .forEach(shown::add);
        for (int last = calls.size(); last > 0 && shown.size() < rows / 2; last--) {
            shown.add(last);
        }
        for (int first = 1; first <= calls.size() && shown.size() < rows; first++) {
            shown.add(first);
        }
        return shown;
    }

    private List<String> row(int number) {
        LlmCall call = calls.get(number - 1);
        Cost cost = usage.costOf(call);
        List<String> row = new ArrayList<>(List.of(
                Integer.toString(number),
                call.operation().label(),
                call.model() == null ? "?" : call.model(),
                tokens(call, TokenCounts::input, call.isInputInPart(), call.isInputEstimated()),
                tokens(call, TokenCounts::cachedInput, false, false),
                tokens(call, TokenCounts::output, call.isOutputInPart(), call.isOutputEstimated()),
                money(cost, call.isUncounted()),
                running(number)));
        String remark = remark(call, number);
        if (!remark.isEmpty()) {
            row.add(remark);
        }
        return row;
    }

    private String running(int number) {
        Cost soFar = total(number);
        return switch (soFar.exactness()) {
            case UNPRICED -> "-";
            case LOWER_BOUND, PARTIAL -> Usd.atLeast(soFar.usd(), scale);
            case EXACT, ESTIMATED -> Usd.rounded(soFar.usd(), scale);
        };
    }

    private String remark(LlmCall call, int number) {
        List<String> remarks = new ArrayList<>();
        if (call.role() != Role.SUBJECT) {
            remarks.add(call.role().name().toLowerCase(Locale.ROOT));
        }
        if (call.status() != CallStatus.COMPLETE) {
            remarks.add(
                    call.status() == CallStatus.FAILED && call.httpStatus() > 0
                            ? "HTTP " + call.httpStatus()
                            : call.status().label());
        }
        List<String> crossed = breaches.stream()
                .filter(breach -> breach.call() == number && breach.kind() == BudgetBreach.Kind.EXCEEDED)
                .map(breach -> breach.limit().metric().singular())
                .toList();
        if (!crossed.isEmpty()) {
            remarks.add("<<<<< " + Words.list(crossed) + (crossed.size() == 1 ? " limit crossed" : " limits crossed"));
        }
        return String.join("  ", remarks);
    }

    private List<String> totalRow() {
        return List.of(
                "",
                "total",
                "",
                sum(TokenCounts::input, LlmCall::isInputInPart),
                dash(total(TokenCounts::cachedInput)),
                sum(TokenCounts::output, LlmCall::isOutputInPart),
                money(total(calls.size()), calls.stream().allMatch(LlmCall::isUncounted)),
                "");
    }

    private String money(Cost cost, boolean uncounted) {
        return switch (cost.exactness()) {
            case UNPRICED -> uncounted ? "unknown" : "unpriced";
            case LOWER_BOUND, PARTIAL -> Usd.atLeast(cost.usd(), scale);
            case EXACT, ESTIMATED -> cost.usd().signum() == 0 ? "-" : Usd.atLeastVisible(cost.usd(), scale);
        };
    }

    private static String tokens(LlmCall call, ToLongFunction<TokenCounts> part, boolean inPart, boolean estimated) {
        if (call.isUncounted()) {
            return "?";
        }
        long tokens = part.applyAsLong(call.tokens());
        if (inPart) {
            return TextTable.atLeast(tokens);
        }
        return tokens > 0 && estimated ? "~" + TextTable.count(tokens) : dash(tokens);
    }

    private static String dash(long tokens) {
        return tokens == 0 ? "-" : TextTable.count(tokens);
    }

    /** Shows a sum, or the least it can be where not all calls are counted. */
    private String sum(ToLongFunction<TokenCounts> part, Predicate<LlmCall> inPart) {
        long known = total(part);
        if (calls.stream().anyMatch(call -> call.isUncounted() || inPart.test(call))) {
            return TextTable.atLeast(known);
        }
        return dash(known);
    }

    private long total(ToLongFunction<TokenCounts> part) {
        return calls.stream().map(LlmCall::tokens).mapToLong(part).sum();
    }

    private Cost total(int upTo) {
        return Cost.sum(calls.subList(0, upTo).stream().map(usage::costOf).toList());
    }
}
