package io.github.llmbudget.endpoint;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.UsageReader;
import io.github.llmbudget.wire.WireFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches one exchange: reads the usage off the bytes as they pass, and records the call once, as soon as nothing can
 * change it. An exchange that is no call is watched by {@link #NONE}.
 *
 * <p>Used by one thread at a time.
 */
abstract class CallWatch {

    /** Watches nothing. */
    static final CallWatch NONE = new CallWatch() {};

    /** Starts to watch an exchange, if a format reads it. */
    static CallWatch of(
            Optional<WireFormat> format,
            HttpExchange.Request request,
            CallRecorder recorder,
            Origin origin,
            Consumer<RuntimeException> failures) {
        return format.<CallWatch>map(found -> new Reading(found, request, recorder, origin, failures))
                .orElse(NONE);
    }

    /** The head of the answer has come. */
    void answered(HttpExchange.Response head) {}

    /** Bytes of the answer have come and are about to go to the client. */
    void passed(byte[] bytes, int length) {}

    /** The exchange is over. Only the first end counts. */
    void ended(CallStatus status) {}

    private static final class Reading extends CallWatch {

        private final UsageReader reader;
        private final CallRecorder.OpenCall call;
        private final Origin origin;
        private final Supplier<LlmCall> unread;
        private final Consumer<RuntimeException> failures;
        private final Instant start = Instant.now();
        private final long startNanos = System.nanoTime();
        private @Nullable Duration toFirstByte;
        private boolean recorded;

        Reading(
                WireFormat format,
                HttpExchange.Request request,
                CallRecorder recorder,
                Origin origin,
                Consumer<RuntimeException> failures) {
            this.reader = format.open(request);
            this.origin = origin;
            this.unread = () -> format.open(request).finish(CallStatus.UNFINISHED);
            this.failures = failures;
            this.call = recorder.begin(origin, unread);
        }

        @Override
        void answered(HttpExchange.Response head) {
            reading(() -> reader.begin(head));
        }

        @Override
        void passed(byte[] bytes, int length) {
            if (toFirstByte == null) {
                toFirstByte = elapsed();
            }
            reading(() -> {
                reader.accept(bytes, 0, length);
                if (reader.isComplete()) {
                    record(reader.finish(CallStatus.COMPLETE));
                }
            });
        }

        @Override
        void ended(CallStatus status) {
            reading(() -> record(reader.finish(status)));
        }

        /** A reader that fails must not keep the client from its answer; the test hears of it in the end. */
        private void reading(Runnable step) {
            if (recorded) {
                return;
            }
            try {
                step.run();
            } catch (RuntimeException e) {
                failures.accept(e);
                record(unread.get().toBuilder()
                        .countNote("the answer could not be read: " + e)
                        .build());
            }
        }

        private void record(LlmCall read) {
            recorded = true;
            call.end(read.toBuilder()
                    .origin(origin)
                    .timing(new CallTiming(start, toFirstByte, elapsed()))
                    .build());
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }
    }
}
