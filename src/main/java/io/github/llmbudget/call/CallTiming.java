package io.github.llmbudget.call;

import java.time.Duration;
import java.time.Instant;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * When a call ran.
 *
 * @param start when the request had arrived
 * @param toFirstByte from the start to the first byte of the answer, {@code null} if none came
 * @param toFirstToken from the start to the first piece of generated text that was read, {@code null} if none was
 * @param total from the start to the end
 * @param recorded when the answer of a replayed call began to be recorded, {@code null} for any other call
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record CallTiming(
        Instant start,
        @Nullable Duration toFirstByte,
        @Nullable Duration toFirstToken,
        Duration total,
        @Nullable Instant recorded) {

    /** The timing of a call whose times nobody took. */
    public static final CallTiming UNKNOWN = new CallTiming(Instant.EPOCH, null, null, Duration.ZERO);

    /**
     * The timing of a call that the service answered while it ran.
     *
     * @param start when the request had arrived
     * @param toFirstByte from the start to the first byte of the answer, {@code null} if none came
     * @param toFirstToken from the start to the first piece of generated text that was read, {@code null} if none was
     * @param total from the start to the end
     */
    public CallTiming(Instant start, @Nullable Duration toFirstByte, @Nullable Duration toFirstToken, Duration total) {
        this(start, toFirstByte, toFirstToken, total, null);
    }

    /**
     * Returns when the service was asked, whose prices of that hour hold.
     *
     * @return the start, of a replayed call that of the recorded one
     */
    public Instant asked() {
        return recorded == null ? start : recorded;
    }
}
