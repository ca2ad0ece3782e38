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
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record CallTiming(
        Instant start,
        @Nullable Duration toFirstByte,
        @Nullable Duration toFirstToken,
        Duration total) {

    /** The timing of a call whose times nobody took. */
    public static final CallTiming UNKNOWN = new CallTiming(Instant.EPOCH, null, null, Duration.ZERO);
}
