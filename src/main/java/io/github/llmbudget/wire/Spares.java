package io.github.llmbudget.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Things that are used again because they are dear to make. Whoever takes one has it alone until it is given back; one that
 * is never given back is simply lost. Safe for use by many threads.
 */
final class Spares<T> {

    private static final int MOST = 64;

    private final Supplier<T> maker;
    private final Deque<T> spares = new ArrayDeque<>();

    Spares(Supplier<T> maker) {
        this.maker = maker;
    }

    T take() {
        T spare;
        synchronized (spares) {
            spare = spares.poll();
        }
        return spare == null ? maker.get() : spare;
    }

    /** Gives back what is as good as new. */
    void give(T spare) {
        synchronized (spares) {
            if (spares.size() < MOST) {
                spares.push(spare);
            }
        }
    }
}
