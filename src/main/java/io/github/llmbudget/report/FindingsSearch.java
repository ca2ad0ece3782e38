package io.github.llmbudget.report;

import io.github.llmbudget.call.LlmCall;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

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
    }

    void add(TestUsage test) {
        test.limits().stream()
                .filter(limit -> limit.breach() == null
                        && limit.complete()
                        && limit.limit().max().signum() > 0
                        && limit.used().signum() > 0
                        && limit.share().compareTo(HALF) < 0)
                .forEach(limit -> loose.add(new Findings.Loose(test, limit)));
    }

    Findings found(List<Findings.Repeated> repeated) {
        return new Findings(slowest.list(), dearest.list(), largest.list(), repeated, loose.list());
    }
}
