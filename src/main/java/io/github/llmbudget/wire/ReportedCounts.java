package io.github.llmbudget.wire;

import java.util.Arrays;

/**
 * The counts of one usage object, as the service names them. It is used again for each object of a stream, and holds
 * plain numbers, so that a service that repeats its usage in each event costs no memory.
 */
@SuppressWarnings("EnumOrdinal") // of a map, each number would be an object
final class ReportedCounts {

    private static final long ABSENT = -1;

    private final long[] counts = new long[AnswerField.TOTAL.ordinal() + 1];

    private boolean empty;

    ReportedCounts() {
        clear();
    }

    void clear() {
        if (!empty) {
            Arrays.fill(counts, ABSENT);
            empty = true;
        }
    }

    /** Sets a count. Where a service gives one count two names, the higher one holds. */
    void put(AnswerField field, long count) {
        empty = false;
        counts[field.ordinal()] = Math.max(counts[field.ordinal()], count);
    }

    /** Adds to a count that a service tells in parts. */
    void add(AnswerField field, long count) {
        empty = false;
        counts[field.ordinal()] = of(field) + count;
    }

    void forget(AnswerField field) {
        counts[field.ordinal()] = ABSENT;
    }

    /** Adds every count that another object tells. */
    void addAll(ReportedCounts more) {
        empty &= more.empty;
        for (int i = 0; i < counts.length; i++) {
            if (more.counts[i] != ABSENT) {
                counts[i] = Math.max(0, counts[i]) + more.counts[i];
            }
        }
    }

    /** Takes every count that a later usage object tells, and keeps the others. */
    void update(ReportedCounts later) {
        empty &= later.empty;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = later.counts[i] == ABSENT ? counts[i] : later.counts[i];
        }
    }

    /** Takes every count that a later usage object tells higher. */
    void raise(ReportedCounts later) {
        empty &= later.empty;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.max(counts[i], later.counts[i]);
        }
    }

    /** Takes all counts of another object, and forgets its own. */
    ReportedCounts become(ReportedCounts other) {
        System.arraycopy(other.counts, 0, counts, 0, counts.length);
        empty = other.empty;
        return this;
    }

    boolean has(AnswerField field) {
        return counts[field.ordinal()] != ABSENT;
    }

    /** Returns a count, 0 if the service did not tell it. */
    long of(AnswerField field) {
        return Math.max(0, counts[field.ordinal()]);
    }

    boolean isEmpty() {
        return empty;
    }
}
