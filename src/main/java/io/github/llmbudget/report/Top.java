package io.github.llmbudget.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the greatest of what it is given; of those that are equal, those that came first. */
final class Top<T> {

    private record Ranked<T>(T value, long place) {}

    private final Comparator<Ranked<T>> order;
    private final PriorityQueue<Ranked<T>> kept;
    private long seen;

    Top(Comparator<T> order) {
        this.order =
                Comparator.comparing((Ranked<T> ranked) -> ranked.value, order).thenComparing(ranked -> -ranked.place);
        this.kept = new PriorityQueue<>(Findings.MOST + 1, this.order);
    }

    void add(T value) {
        kept.add(new Ranked<>(value, seen++));
        if (kept.size() > Findings.MOST) {
            kept.remove();
        }
    }

    /** Returns what was kept, the greatest first. */
    List<T> list() {
        List<Ranked<T>> sorted = new ArrayList<>(kept);
        sorted.sort(order.reversed());
        return sorted.stream().map(Ranked::value).toList();
    }
}
