package io.github.llmbudget.report;

import io.github.llmbudget.budget.Limit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the journals of a run say of one and the same test, class or run. */
final class JournaledLines {

    private final List<Line> lines = new ArrayList<>(1);

    void add(List<Journal> part, Journal journal, TestUsage usage) {
        lines.add(new Line(part, journal, usage));
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Tells whether a class was run in parts, so that none of its lines is about all of its tests. */
    boolean areOfAClassInParts() {
        return lines.size() > 1 && lines.get(0).usage.kind() == TestUsage.Kind.CLASS;
    }

    /** Returns all of them as one, at least one having been added. */
    TestUsage usage() {
        if (lines.size() == 1) {
            return lines.get(0).usage;
        }
        return switch (lines.get(0).usage.kind()) {
            case TEST, REPEATED -> lastAttempt(lines);
            case CLASS ->
                byPart().stream()
                        .map(JournaledLines::lastAttempt)
                        .reduce(JournaledLines::beside)
                        .orElseThrow();
            case RUN ->
                byPart().stream()
                        .map(JournaledLines::ofOnePart)
                        .reduce(JournaledLines::beside)
                        .orElseThrow();
        };
    }

    /** What was run again counts as the last attempt went; the earlier ones are in it. */
    private static TestUsage lastAttempt(List<Line> lines) {
        Map<Journal, List<TestUsage>> byJournal = new LinkedHashMap<>();
        lines.forEach(line -> byJournal
                .computeIfAbsent(line.journal, journal -> new ArrayList<>())
                .add(line.usage));
        // What one JVM wrote is in order already, whatever its clock did meanwhile.
        List<TestUsage> attempts = byJournal.values().stream()
                .sorted(Comparator.comparing(ofOne -> ofOne.get(0).start()))
                .flatMap(List::stream)
                .toList();
        TestUsage last = attempts.get(attempts.size() - 1);
        return attempts.size() == 1 ? last : last.after(attempts.subList(0, attempts.size() - 1));
    }

    private Collection<List<Line>> byPart() {
        Map<List<Journal>, List<Line>> byPart = new LinkedHashMap<>();
        lines.forEach(line ->
                byPart.computeIfAbsent(line.part, part -> new ArrayList<>()).add(line));
        return byPart.values();
    }

    /** Each JVM tells what was called outside of its tests; of the limits that they share, the last one knows most. */
    private static TestUsage ofOnePart(List<Line> lines) {
        List<TestUsage> usages = lines.stream().map(Line::usage).toList();
        TestUsage last =
                usages.stream().max(Comparator.comparing(TestUsage::end)).orElseThrow();
        return usages.stream()
                .reduce((one, other) -> join(one, other, last.limits()))
                .orElseThrow();
    }

    /** Parts that know nothing of one another, such as those of shards, use their limits together. */
    private static TestUsage beside(TestUsage one, TestUsage other) {
        Map<Limit, LimitUsage> limits = new LinkedHashMap<>();
        Stream.of(one, other)
                .flatMap(usage -> usage.limits().stream())
                .forEach(limit -> limits.merge(limit.limit(), limit, LimitUsage::and));
        return join(one, other, List.copyOf(limits.values()));
    }

    private static TestUsage join(TestUsage one, TestUsage other, List<LimitUsage> limits) {
        TestUsage first = other.start().isBefore(one.start()) ? other : one;
        TestUsage last = other.end().isBefore(one.end()) ? one : other;
        return new TestUsage(
                        first.kind(),
                        first.id(),
                        first.testClass(),
                        first.name(),
                        worse(one.outcome(), other.outcome()),
                        first.start(),
                        last.end(),
                        Stream.concat(one.calls().stream(), other.calls().stream())
                                .sorted(Comparator.comparing(
                                        call -> call.call().timing().start()))
                                .toList(),
                        limits,
                        Stream.concat(one.earlierAttempts().stream(), other.earlierAttempts().stream())
                                .toList())
                .withLimits(limits);
    }

    private static TestUsage.Outcome worse(TestUsage.Outcome one, TestUsage.Outcome other) {
        return Stream.of(TestUsage.Outcome.OVER_BUDGET, TestUsage.Outcome.FAILED, TestUsage.Outcome.ABORTED)
                .filter(outcome -> outcome == one || outcome == other)
                .findFirst()
                .orElse(TestUsage.Outcome.PASSED);
    }

    private record Line(List<Journal> part, Journal journal, TestUsage usage) {}
}
