package io.github.llmbudget.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A run may make hundreds of thousands of calls. */
@Isolated("what others allocate would count")
class CallMemoryTests {

    private static final int CALLS = 50_000;
    private static final int REPEATS = 5;
    private static final long MOST_BYTES_A_CALL = 200;

    @Test
    void keepsARecordedCallInTwoHundredBytes() {
        record(new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO), 100);

        long median = LongStream.range(0, REPEATS)
                .map(repeat -> bytesACall())
                .sorted()
                .skip(REPEATS / 2)
                .findFirst()
                .getAsLong();

        assertThat(median).isBetween(1L, MOST_BYTES_A_CALL);
    }

    private static long bytesACall() {
        UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO);
        long before = usedHeap();
        record(ledger, CALLS);
        long after = usedHeap();
        assertThat(ledger.usage().calls()).hasSize(CALLS);
        return (after - before) / CALLS;
    }

    private static void record(CallRecorder recorder, int calls) {
        for (int number = 0; number < calls; number++) {
            recorder.record(call(number));
        }
    }

    /** A call as a service answers it: its texts are objects of their own, as they are when they have been read. */
    private static LlmCall call(int number) {
        return LlmCall.of(Operation.CHAT, new String("gpt-4o".toCharArray()))
                .provider("openai")
                .answeredModel(new String("gpt-4o-2024-08-06".toCharArray()))
                .serviceTier(new String("default".toCharArray()))
                .tokens(new TokenCounts(1_204 + number % 100, 1_024, 0, 0, 310, 64, 0), CountSource.REPORTED)
                .responseId(String.format("chatcmpl-BbtVy8nQl7Z9jerkoBQjm%09d", number))
                .requestDigest(String.format("%016x", number * 0x9E3779B97F4A7C15L))
                .origin(Origin.LIVE)
                .timing(new CallTiming(
                        Instant.now(), Duration.ofMillis(300), Duration.ofMillis(320), Duration.ofNanos(2_100_123_456)))
                .build();
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
