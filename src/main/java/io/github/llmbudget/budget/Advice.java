package io.github.llmbudget.budget;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.ModelPrice;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.price.PriceLine;
import io.github.llmbudget.price.Usd;
import io.github.llmbudget.usage.UsageTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What would have cost less. Every line is computed from the calls of the test; nothing is guessed. */
final class Advice {

    private static final int MAX_REPETITIONS = 2;

    private final List<LlmCall> calls;
    private final UsageTotals usage;
    private final List<BudgetBreach> breaches;
    private final PriceCatalog prices;
    private final Cost total;

    Advice(List<LlmCall> calls, UsageTotals usage, List<BudgetBreach> breaches, PriceCatalog prices) {
        this.calls = calls;
        this.usage = usage;
        this.breaches = breaches;
        this.prices = prices;
        this.total = Cost.sum(calls.stream().map(usage::costOf).toList());
    }

    List<String> lines() {
        return Stream.concat(repeatedRequests(), cheaperModel().stream()).toList();
    }

    private Stream<String> repeatedRequests() {
        Map<String, List<Integer>> numbersByRequest = new LinkedHashMap<>();
        for (int number = 1; number <= calls.size(); number++) {
            LlmCall call = calls.get(number - 1);
            if (call.requestDigest() != null && call.status() == CallStatus.COMPLETE) {
                numbersByRequest
                        .computeIfAbsent(call.requestDigest(), digest -> new ArrayList<>())
                        .add(number);
            }
        }
        return numbersByRequest.values().stream()
                .filter(numbers -> numbers.size() > 1)
                .map(numbers -> new Repetition(
                        numbers,
                        Cost.sum(numbers.stream()
                                .skip(1)
                                .map(number -> usage.costOf(calls.get(number - 1)))
                                .toList())))
                .sorted(Comparator.comparing((Repetition repetition) -> repetition.saved.usd())
                        .reversed())
                .limit(MAX_REPETITIONS)
                .map(this::describe);
    }

    private String describe(Repetition repetition) {
        List<String> later = repetition.numbers.stream()
                .skip(1)
                .map(number -> Integer.toString(number))
                .toList();
        String repeats = (later.size() == 1 ? "call " : "calls ")
                + Words.list(later)
                + (later.size() == 1 ? " repeats" : " repeat");
        String saves = repetition.saved.isComplete() && repetition.saved.usd().signum() > 0
                ? ": reusing the answer saves " + money(repetition.saved.usd())
                : "";
        return repeats + " the request of call " + repetition.numbers.get(0) + saves;
    }

    private Optional<String> cheaperModel() {
        Optional<Limit> exceeded = breaches.stream()
                .filter(breach -> breach.kind() == BudgetBreach.Kind.EXCEEDED)
                .map(BudgetBreach::limit)
                .filter(limit -> limit.metric() == Metric.COST)
                .findFirst();
        if (exceeded.isEmpty()) {
            return Optional.empty();
        }
        String dearest = dearestModel();
        String family = prices.withoutSnapshotDate(dearest);
        List<Alternative> alternatives = Stream.of("-mini", "-nano")
                .map(suffix -> family + suffix)
                .flatMap(model -> prices.priceOf(model).stream())
                .map(price -> onModel(dearest, price))
                .filter(alternative -> alternative.cost.isComplete())
                .toList();
        BigDecimal max = exceeded.get().max();
        return alternatives.stream()
                .filter(alternative -> alternative.cost.usd().compareTo(max) <= 0)
                .findFirst()
                .map(alternative ->
                        alternative.describe(", within " + exceeded.get().declaration()))
                .or(() -> alternatives.stream()
                        .min(Comparator.comparing(alternative -> alternative.cost.usd()))
                        .map(alternative -> alternative.describe(", still over")));
    }

    private String dearestModel() {
        Map<String, BigDecimal> byModel = new LinkedHashMap<>();
        total.lines().forEach(line -> byModel.merge(line.model(), line.usd(), BigDecimal::add));
        return byModel.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private Alternative onModel(String dearest, ModelPrice price) {
        Set<String> operations = new LinkedHashSet<>();
        List<Cost> costs = new ArrayList<>();
        for (LlmCall call : calls) {
            if (isPricedAs(call, dearest)) {
                operations.add(call.operation().label());
                costs.add(prices.costOf(call.onModel(price.model())));
            } else {
                costs.add(usage.costOf(call));
            }
        }
        return new Alternative(price.model(), Words.list(List.copyOf(operations)), Cost.sum(costs));
    }

    private boolean isPricedAs(LlmCall call, String model) {
        return usage.costOf(call).lines().stream().map(PriceLine::model).anyMatch(model::equals);
    }

    private static String money(BigDecimal amount) {
        return Usd.rounded(amount, Usd.readableScale(amount));
    }

    private record Repetition(List<Integer> numbers, Cost saved) {}

    private record Alternative(String model, String operations, Cost cost) {

        String describe(String verdict) {
            return "the same " + operations + " calls on " + model + ": " + money(cost.usd()) + " in all" + verdict;
        }
    }
}
