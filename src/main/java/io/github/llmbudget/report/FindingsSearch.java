package io.github.llmbudget.report;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.Cost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at one call after the other for what is worth a look. */
final class FindingsSearch {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final Top<Findings.Found> slowest =
            new Top<>(Comparator.comparing(found -> found.call().call().timing().total()));
    private final Top<Findings.Found> dearest =
            new Top<>(Comparator.comparing(found -> found.call().cost().usd()));
    private final Top<Findings.Found> largest =
            new Top<>(Comparator.comparing(found -> found.call().call().tokens().input()));
    private final Top<Findings.Loose> loose = new Top<>(
            Comparator.comparing((Findings.Loose found) -> found.limit().share())
                    .reversed());
    private final Map<String, List<Findings.Found>> byRequest = new LinkedHashMap<>();

    void add(TestUsage test, int number, CallUsage usage) {
        Findings.Found found = new Findings.Found(test, number, usage);
        LlmCall call = usage.call();
        if (!call.timing().total().isZero()) {
            slowest.add(found);
        }
        if (usage.cost().usd().signum() > 0) {
            dearest.add(found);
        }
        if (call.tokens().input() > 0) {
            largest.add(found);
        }
        if (call.requestDigest() != null && call.status() == CallStatus.COMPLETE) {
            byRequest
                    .computeIfAbsent(call.requestDigest(), digest -> new ArrayList<>(1))
                    .add(found);
        }
    }

    void add(TestUsage test) {
        test.limits().stream()
                .filter(limit -> limit.breach() == null
                        && limit.limit().max().signum() > 0
                        && limit.used().signum() > 0
                        && limit.share().compareTo(HALF) < 0)
                .forEach(limit -> loose.add(new Findings.Loose(test, limit)));
    }

    Findings found() {
        Top<Findings.Repeated> repeated = new Top<>(Comparator.comparing(
                        (Findings.Repeated request) -> request.wasted().usd())
                .thenComparing(request -> request.calls().size()));
        byRequest.values().stream()
                .filter(calls -> calls.size() > 1)
                .map(calls -> new Findings.Repeated(
                        calls,
                        Cost.sum(calls.stream()
                                .skip(1)
                                .map(call -> call.call().cost())
                                .toList())))
                .forEach(repeated::add);
        return new Findings(slowest.list(), dearest.list(), largest.list(), repeated.list(), loose.list());
    }
}
