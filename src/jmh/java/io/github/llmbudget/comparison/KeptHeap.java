package io.github.llmbudget.comparison;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Map;

/**
 * Finds how much heap a call keeps while its server, its client, and the test that it belongs to are still there.
 *
 * @param number how many calls are made
 * @param times how many times as long as usual the question and the answer are
 */
record KeptHeap(int number, int times) implements Work {

    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    @Override
    public Output output() {
        return new Output(Payload.ANSWER_TEXT.repeat(times), Output.USUAL.events(), Output.Pace.AT_ONCE);
    }

    @Override
    public Map<Figure, Double> on(Way way) throws IOException {
        String request = Payload.longCall(times);
        call(way, request, number / 10);
        long before = used();
        call(way, request, number);
        double kept = used() - before;
        way.requireDone(number / 10 + number);
        return Map.of(Figure.KEPT_BYTES, kept / number);
    }

    private static void call(Way way, String request, int calls) throws IOException {
        for (int i = 0; i < calls; i++) {
            way.call(request);
        }
    }

    /** Returns how much heap is used; the second collection takes what the first one left to be finished. */
    private static long used() {
        System.gc();
        System.gc();
        return MEMORY.getHeapMemoryUsage().getUsed();
    }
}
