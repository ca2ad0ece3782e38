package io.github.llmbudget.report.page;

import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.report.CallUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time in which the calls of a test ran.
 *
 * @param start when the first call began
 * @param length from then to the end of the last one
 */
record Timeline(Instant start, Duration length) {

    private static final int WIDTH = 1_000;
    private static final int LEAST_SEEN = 4;

    static Timeline of(List<CallUsage> calls) {
        Instant start = Instant.MAX;
        Instant end = Instant.MIN;
        for (CallUsage usage : calls) {
            CallTiming timing = usage.call().timing();
            if (isKnown(timing)) {
                Instant ended = timing.start().plus(timing.total());
                start = timing.start().isBefore(start) ? timing.start() : start;
                end = ended.isAfter(end) ? ended : end;
            }
        }
        return end.isBefore(start)
                ? new Timeline(Instant.EPOCH, Duration.ZERO)
                : new Timeline(start, Duration.between(start, end));
    }

    /** Returns when a call ran, {@code null} if nobody took its time. */
    @Nullable
    Span spanOf(LlmCall call) {
        CallTiming timing = call.timing();
        if (!isKnown(timing)) {
            return null;
        }
        Duration offset = Duration.between(start, timing.start());
        Duration first = timing.toFirstToken();
        int from = at(offset);
        return new Span(
                Math.min(from, WIDTH - LEAST_SEEN),
                Math.max(LEAST_SEEN, at(offset.plus(timing.total())) - from),
                first == null ? -1 : at(offset.plus(first)),
                Shown.duration(offset),
                first == null ? "" : Shown.duration(first),
                Shown.duration(timing.total()));
    }

    private int at(Duration offset) {
        return length.isZero() ? 0 : Bar.permille(Math.max(0, offset.toNanos()), length.toNanos());
    }

    private static boolean isKnown(CallTiming timing) {
        return !timing.equals(CallTiming.UNKNOWN);
    }

    /**
     * When a call ran, in thousandths of the time and in words.
     *
     * @param from where it begins
     * @param width how long it is
     * @param firstToken where the first token came, -1 if that is not known
     * @param offset how long after the first call it began
     * @param toFirstToken how long the first token took, empty if that is not known
     * @param total how long it took
     */
    record Span(int from, int width, int firstToken, String offset, String toFirstToken, String total) {}
}
