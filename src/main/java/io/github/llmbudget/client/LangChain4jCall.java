package io.github.llmbudget.client;

import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.CallRecorder.OpenCall;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * A call that LangChain4j is at.
 *
 * @param asked the call as far as its request tells
 * @param open takes its end
 * @param start when it began
 * @param startNanos the same, to measure by
 */
record LangChain4jCall(LlmCall asked, OpenCall open, Instant start, long startNanos) {

    private static final String NO_END = "LangChain4j told no end of the call, as of a stream that is cancelled";

    static LangChain4jCall begin(CallRecorder recorder, LlmCall asked) {
        LlmCall unfinished = asked.toBuilder().countNote(NO_END).build();
        return new LangChain4jCall(
                asked, recorder.beginTold(Origin.LIVE, () -> unfinished), Instant.now(), System.nanoTime());
    }

    void end(UnaryOperator<LlmCall.Builder> told) {
        Duration total = Duration.ofNanos(System.nanoTime() - startNanos);
        open.end(told.apply(asked.toBuilder())
                .origin(Origin.LIVE)
                .timing(new CallTiming(start, null, null, total))
                .build());
    }
}
