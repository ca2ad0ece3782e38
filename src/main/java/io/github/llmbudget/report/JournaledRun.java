package io.github.llmbudget.report;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.price.PriceBasis;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * What the journals of a run hold.
 *
 * @param jvms the JVMs that wrote them
 * @param missing what they do not hold, and why, for a reader
 * @param prices what the prices of the tests are taken from, usually one and the same
 * @param tests the tests; of one that ran several times the last attempt, with the earlier ones in it
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record JournaledRun(List<TestJvm> jvms, List<String> missing, List<PriceBasis> prices, List<TestUsage> tests) {

    /**
     * Copies the lists.
     *
     * @param jvms the JVMs that wrote them
     * @param missing what they do not hold, and why, for a reader
     * @param prices what the prices of the tests are taken from
     * @param tests the tests
     */
    public JournaledRun {
        jvms = List.copyOf(jvms);
        missing = List.copyOf(missing);
        prices = List.copyOf(prices);
        tests = List.copyOf(tests);
    }

    static JournaledRun of(List<Journal> journals) {
        Map<Identity, List<TestUsage>> attempts = new LinkedHashMap<>();
        Map<RunId, List<TestUsage>> runs = new LinkedHashMap<>();
        for (Journal journal : journals) {
            for (TestUsage test : journal.tests()) {
                if (test.kind() == TestUsage.Kind.RUN) {
                    runs.computeIfAbsent(journal.run(), run -> new ArrayList<>())
                            .add(test);
                } else {
                    attempts.computeIfAbsent(new Identity(journal.project(), test.id()), identity -> new ArrayList<>(1))
                            .add(test);
                }
            }
        }
        List<TestUsage> tests = new ArrayList<>();
        attempts.values().forEach(of -> tests.add(last(of)));
        runs.values().stream()
                .map(JournaledRun::joined)
                .reduce(JournaledRun::beside)
                .ifPresent(tests::add);
        return new JournaledRun(
                journals.stream()
                        .map(Journal::toJvm)
                        .sorted(Comparator.comparing(TestJvm::start).thenComparing(TestJvm::pid))
                        .toList(),
                journals.stream().flatMap(journal -> journal.missing().stream()).toList(),
                journals.stream()
                        .flatMap(journal -> journal.prices().stream())
                        .distinct()
                        .sorted(Comparator.comparing(PriceBasis::toString))
                        .toList(),
                tests);
    }

    /** Equal names in several modules are several tests. */
    private record Identity(String project, String id) {}

    private static TestUsage last(List<TestUsage> attempts) {
        if (attempts.size() == 1) {
            return attempts.get(0);
        }
        List<TestUsage> sorted =
                attempts.stream().sorted(Comparator.comparing(TestUsage::start)).toList();
        TestUsage last = sorted.get(sorted.size() - 1);
        return last.after(sorted.subList(0, sorted.size() - 1));
    }

    /** Each JVM tells what was called outside of its tests; of the limits that they share, the last one knows most. */
    private static TestUsage joined(List<TestUsage> run) {
        TestUsage last = run.stream().max(Comparator.comparing(TestUsage::end)).orElseThrow();
        return run.stream()
                .reduce((one, other) -> join(one, other, last.limits()))
                .orElseThrow();
    }

    /** Runs that know nothing of one another, such as those of shards, use their limits together. */
    private static TestUsage beside(TestUsage one, TestUsage other) {
        Map<Limit, LimitUsage> limits = new LinkedHashMap<>();
        Stream.of(one, other)
                .flatMap(run -> run.limits().stream())
                .forEach(limit -> limits.merge(limit.limit(), limit, JournaledRun::together));
        return join(one, other, List.copyOf(limits.values()));
    }

    private static LimitUsage together(LimitUsage one, LimitUsage other) {
        BigDecimal used = one.used().add(other.used());
        BudgetBreach.Kind breach = Stream.of(one.breach(), other.breach())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(used.compareTo(one.limit().max()) > 0 ? BudgetBreach.Kind.EXCEEDED : null);
        return new LimitUsage(one.limit(), used, one.complete() && other.complete(), breach);
    }

    private static TestUsage join(TestUsage one, TestUsage other, List<LimitUsage> limits) {
        boolean isOver = limits.stream().anyMatch(limit -> limit.breach() != null)
                || Stream.of(one, other).anyMatch(run -> run.outcome() == TestUsage.Outcome.OVER_BUDGET);
        TestUsage first = other.start().isBefore(one.start()) ? other : one;
        TestUsage last = other.end().isBefore(one.end()) ? one : other;
        return new TestUsage(
                first.kind(),
                first.id(),
                first.testClass(),
                first.name(),
                isOver ? TestUsage.Outcome.OVER_BUDGET : last.outcome(),
                first.start(),
                last.end(),
                Stream.concat(one.calls().stream(), other.calls().stream())
                        .sorted(Comparator.comparing(
                                call -> call.call().timing().start()))
                        .toList(),
                limits);
    }
}
