package io.github.llmbudget.usage;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.UsageReader;
import io.github.llmbudget.wire.WireFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Watches one exchange: reads the usage off the bytes as they pass, and records the call once, as soon as nothing can
 * change it. An exchange that is no call is watched by {@link #NONE}.
 *
 * <p>Used by one thread at a time.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public abstract class CallWatch {

    /** Watches nothing. */
    public static final CallWatch NONE = new CallWatch() {
        @Override
        public void answered(HttpExchange.Response head, @Nullable Instant recording) {}

        @Override
        public void passed(byte[] bytes, int offset, int length) {}

        @Override
        public long outputSoFar() {
            return 0;
        }

        @Override
        public void ended(CallStatus status) {}

        @Override
        public void failed(Throwable failure) {}
    };

    private CallWatch() {}

    /**
     * Starts to watch an exchange.
     *
     * @param format reads the exchange, empty if it is no call
     * @param request the request as it goes to the service
     * @param recorder takes the call
     * @param origin who answers
     * @return the watch
     */
    public static CallWatch of(
            Optional<WireFormat> format, HttpExchange.Request request, CallRecorder recorder, Origin origin) {
        return of(format, request, request, recorder, origin, () -> {});
    }

    /**
     * Starts to watch an exchange for which something is held until it has ended.
     *
     * @param format reads the exchange, empty if it is no call
     * @param sent the request as the client sent it
     * @param request the request as it goes to the service
     * @param recorder takes the call
     * @param origin who answers
     * @param settled is run once, when the call has been recorded
     * @return the watch
     */
    public static CallWatch of(
            Optional<WireFormat> format,
            HttpExchange.Request sent,
            HttpExchange.Request request,
            CallRecorder recorder,
            Origin origin,
            Runnable settled) {
        return format.isEmpty() ? NONE : new Reading(format.get(), sent, request, recorder, origin, settled);
    }

    /**
     * Takes the head of the answer.
     *
     * @param head status and headers
     */
    public final void answered(HttpExchange.Response head) {
        answered(head, null);
    }

    /**
     * Takes the head of the answer.
     *
     * @param head status and headers
     * @param recording when the answer began to be recorded, {@code null} if it comes from the service itself
     */
    public abstract void answered(HttpExchange.Response head, @Nullable Instant recording);

    /**
     * Takes bytes of the answer that have come and are about to go to the client.
     *
     * @param bytes holds the bytes
     * @param offset where they begin
     * @param length how many there are
     */
    public abstract void passed(byte[] bytes, int offset, int length);

    /**
     * Counts the output that has come so far. It is asked for between two events.
     *
     * @return the tokens of what has come, taken as a whole
     */
    public abstract long outputSoFar();

    /**
     * Ends the exchange. Only the first end counts.
     *
     * @param status how it ended
     */
    public abstract void ended(CallStatus status);

    /**
     * Ends an exchange that failed through no fault of service or client. The test must fail for it.
     *
     * @param failure what went wrong
     */
    public abstract void failed(Throwable failure);

    private static final class Reading extends CallWatch implements Supplier<LlmCall> {

        private final UsageReader reader;
        private final CallRecorder.OpenCall call;
        private final AnswerListener listener;
        private final Origin origin;
        private final WireFormat format;
        private final HttpExchange.Request request;
        private final CallRecorder recorder;
        private final Instant start = Instant.now();
        private final long startNanos = System.nanoTime();
        private @Nullable Duration toFirstByte;
        private @Nullable Duration toFirstToken;
        private @Nullable Instant recordedAt;
        private CallRecorder.@Nullable OpenCall continuation;
        private boolean recorded;
        private boolean broken;

        Reading(
                WireFormat format,
                HttpExchange.Request sent,
                HttpExchange.Request request,
                CallRecorder recorder,
                Origin origin,
                Runnable settled) {
            this.reader = format.open(request, recorder.earlierAnswers());
            this.origin = origin;
            this.format = format;
            this.request = request;
            this.recorder = recorder;
            this.call = format.retrieves(request) ? recorder.beginRetrieval() : recorder.begin(origin, this, settled);
            this.listener = call.asked(sent);
        }

        @Override
        public void answered(HttpExchange.Response head, @Nullable Instant recording) {
            recordedAt = recording;
            listener.answered(head);
            if (recorded) {
                return;
            }
            try {
                reader.begin(head);
            } catch (RuntimeException | LinkageError e) {
                failed(e);
            }
        }

        @Override
        public void passed(byte[] bytes, int offset, int length) {
            Duration come = null;
            if (toFirstByte == null) {
                come = elapsed();
                toFirstByte = come;
            }
            listener.passed(bytes, offset, length);
            if (recorded) {
                readOn(bytes, offset, length);
                return;
            }
            try {
                reader.accept(bytes, offset, length);
                if (toFirstToken == null && reader.hasText()) {
                    toFirstToken = come == null ? elapsed() : come;
                }
                if (reader.isComplete()) {
                    record(CallStatus.COMPLETE);
                }
            } catch (RuntimeException | LinkageError e) {
                failed(e);
            }
        }

        @Override
        public long outputSoFar() {
            if (recorded || broken) {
                return 0;
            }
            try {
                return reader.outputSoFar();
            } catch (RuntimeException | LinkageError e) {
                failed(e);
                return 0;
            }
        }

        /** A service that goes on after its last word may correct its usage. */
        private void readOn(byte[] bytes, int offset, int length) {
            if (broken) {
                return;
            }
            try {
                reader.accept(bytes, offset, length);
                if (continuation == null && !isBlank(bytes, offset, length)) {
                    continuation = continuation();
                }
            } catch (RuntimeException | LinkageError e) {
                failed(e);
            }
        }

        /** A test that is over has the call as it was recorded. */
        private CallRecorder.OpenCall continuation() {
            try {
                return recorder.beginRetrieval();
            } catch (TestOverException e) {
                return ended -> {};
            }
        }

        private static boolean isBlank(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] != '\n' && bytes[i] != '\r') {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void ended(CallStatus status) {
            listener.ended();
            try {
                if (!recorded) {
                    record(status);
                }
                endContinuation();
                reader.close();
            } catch (RuntimeException | LinkageError e) {
                failed(e);
            }
        }

        private void endContinuation() {
            CallRecorder.OpenCall open = continuation;
            if (open != null) {
                continuation = null;
                open.end(broken ? get() : reader.finish(CallStatus.COMPLETE));
            }
        }

        /** A reader that fails must not keep the client from its answer; the test hears of it in the end. */
        @Override
        public void failed(Throwable failure) {
            listener.ended();
            recorder.failed(failure);
            broken = true;
            if (!recorded) {
                record(byItsRequest(failure).toBuilder()
                        .countNote("the answer could not be read: " + failure)
                        .origin(origin)
                        .timing(timing())
                        .build());
            }
            try {
                reader.close();
            } catch (RuntimeException | LinkageError e) {
                failure.addSuppressed(e);
            }
        }

        /** Returns what the request alone tells. */
        @Override
        public LlmCall get() {
            try (UsageReader unanswered = format.open(request, recorder.earlierAnswers())) {
                return unanswered.finish(CallStatus.UNFINISHED);
            }
        }

        /** What failed may be the counting of the request itself. */
        private LlmCall byItsRequest(Throwable failure) {
            try {
                return get();
            } catch (RuntimeException | LinkageError e) {
                failure.addSuppressed(e);
                return LlmCall.of(Operation.OTHER, null)
                        .status(CallStatus.UNFINISHED, 0)
                        .build();
            }
        }

        private void record(CallStatus status) {
            record(reader.finish(status, origin, timing()));
        }

        private void record(LlmCall seen) {
            recorded = true;
            call.end(seen);
        }

        private CallTiming timing() {
            return new CallTiming(start, toFirstByte, toFirstToken, elapsed(), recordedAt);
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }
    }
}
