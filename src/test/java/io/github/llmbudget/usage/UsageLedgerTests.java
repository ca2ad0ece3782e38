package io.github.llmbudget.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.CallRecorder.OpenCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UsageLedgerTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    private final UsageLedger recorder = new UsageLedger(PriceCatalog.builtIn(), SHORT);
    private final TokenUsage usage = recorder.usage();

    @Test
    void isEmptyAtFirst() {
        assertThat(usage.calls()).isEmpty();
        assertThat(usage.totalTokens()).isZero();
        assertThat(usage.cost()).isEqualTo(Cost.NOTHING);
        assertThat(usage.isComplete()).isTrue();
        assertThat(usage.byModel()).isEmpty();
        assertThat(usage.await()).isTrue();
        assertThat(usage).hasToString("0 calls, 0 tokens, $0.00");
    }

    @Test
    void keepsCallsInTheOrderInWhichTheyEnd() {
        OpenCall first = begin("first");
        OpenCall second = begin("second");
        second.end(call("second", 1, 1));
        first.end(call("first", 1, 1));

        assertThat(models(usage)).containsExactly("second", "first");
    }

    @Test
    void addsUpEachKindOfTokens() {
        recorder.record(call("gpt-4o", new TokenCounts(10, 4, 3, 2, 20, 7, 1)));
        recorder.record(call("gpt-4o", new TokenCounts(100, 40, 30, 20, 200, 70, 10)));

        assertThat(usage.inputTokens()).isEqualTo(110);
        assertThat(usage.cachedInputTokens()).isEqualTo(44);
        assertThat(usage.cacheWriteTokens()).isEqualTo(33);
        assertThat(usage.outputTokens()).isEqualTo(220);
        assertThat(usage.reasoningTokens()).isEqualTo(77);
        assertThat(usage.totalTokens()).isEqualTo(330);
    }

    @Test
    void countsOnlyTheFirstEndOfACall() {
        OpenCall open = begin("once");
        open.end(call("once", 1, 1));
        open.end(call("twice", 1, 1));

        assertThat(models(usage)).containsExactly("once");
    }

    @Test
    void showsWhatItShowedThoughMoreCallsEnd() {
        List<LlmCall> before = usage.calls();
        recorder.record(call("gpt-4o", 1, 1));

        assertThat(before).isEmpty();
        assertThat(usage.calls()).hasSize(1);
    }

    @Test
    void waitsForRunningCalls() throws Exception {
        OpenCall open = begin("gpt-4o");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> waiting = thread.submit(() -> usage.await(Duration.ofSeconds(15)));
            assertThat(usage.await(SHORT)).isFalse();
            open.end(call("gpt-4o", 1, 1));
            assertThat(waiting.get()).isTrue();
            assertThat(usage.await(Duration.ZERO)).isTrue();
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void stopsWaitingWhenItsThreadIsInterrupted() {
        begin("gpt-4o");
        Thread.currentThread().interrupt();

        assertThat(usage.await(Duration.ofSeconds(15))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void recordsWhatStillRunsAsUnfinishedAndIgnoresItsLateEnd() {
        Instant before = Instant.now();
        OpenCall open = recorder.begin(
                Origin.LIVE,
                () -> LlmCall.of(Operation.CHAT, "gpt-4o")
                        .status(CallStatus.UNFINISHED, 0)
                        .build());

        recorder.close();
        open.end(call("gpt-4o", 1000, 1000));

        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.UNFINISHED);
            assertThat(call.isUncounted()).isTrue();
            assertThat(call.countNote()).isEqualTo("the call was still running 20 ms after its test");
            assertThat(call.origin()).isEqualTo(Origin.LIVE);
            assertThat(call.timing().start()).isBetween(before, Instant.now());
            assertThat(call.timing().total()).isGreaterThanOrEqualTo(SHORT);
        });
        assertThat(usage.isComplete()).isFalse();
        assertThat(usage.cost()).isEqualTo(Cost.UNKNOWN);
        assertThat(usage.await(Duration.ZERO)).isTrue();
    }

    @Test
    void saysInSecondsHowLongItWaited() {
        UsageLedger impatient = new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO);
        impatient.begin(Origin.MOCK, () -> LlmCall.of(Operation.CHAT, "gpt-4o").build());
        impatient.close();

        assertThat(impatient.usage().calls().get(0).countNote())
                .isEqualTo("the call was still running 0 s after its test");
    }

    @Test
    void closesTwiceWithoutRecordingTwice() {
        begin("gpt-4o");
        recorder.close();
        recorder.close();

        assertThat(usage.calls()).hasSize(1);
    }

    @Test
    void takesNoCallOnceItsTestIsOver() {
        recorder.close();

        assertThatThrownBy(() -> begin("gpt-4o"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The test is over; it takes no more calls");
        assertThat(usage.calls()).isEmpty();
    }

    @Test
    void countsInASpanTheCallsThatBeginInIt() {
        OpenCall before = begin("before");
        OpenCall within;
        UsageSpan span;
        try (UsageSpan opened = usage.span("judge", Role.JUDGE)) {
            span = opened;
            within = begin("within");
            before.end(call("before", 1, 1));
            recorder.record(call("whole", 1, 1));
        }
        within.end(call("within", 1, 1));
        recorder.record(call("after", 1, 1));

        assertThat(models(span)).containsExactly("whole", "within");
        assertThat(span.calls()).allMatch(call -> call.role() == Role.JUDGE && "judge".equals(call.span()));
        assertThat(usage.calls())
                .filteredOn(call -> !span.calls().contains(call))
                .hasSize(2)
                .allMatch(call -> call.role() == Role.SUBJECT && call.span() == null);
        assertThat(span.totalTokens()).isEqualTo(4);
    }

    @Test
    void countsACallInTheInnermostSpanAndInThoseAroundIt() {
        try (UsageSpan outer = usage.span("outer", Role.SETUP)) {
            recorder.record(call("a", 1, 0));
            try (UsageSpan inner = usage.span("inner", Role.SUBJECT)) {
                recorder.record(call("b", 2, 0));
                assertThat(models(inner)).containsExactly("b");
            }
            recorder.record(call("c", 4, 0));

            assertThat(models(outer)).containsExactly("a", "b", "c");
        }
        assertThat(usage.calls()).extracting(LlmCall::span).containsExactly("outer", "inner", "outer");
        assertThat(usage.calls()).extracting(LlmCall::role).containsExactly(Role.SETUP, Role.SUBJECT, Role.SETUP);
    }

    @Test
    void bearsSpansThatAreClosedOutOfOrderOrTwice() {
        UsageSpan outer = usage.span("outer", Role.SETUP);
        UsageSpan inner = usage.span("inner", Role.JUDGE);
        outer.close();
        recorder.record(call("a", 1, 0));
        inner.close();
        inner.close();
        recorder.record(call("b", 1, 0));

        assertThat(usage.calls()).extracting(LlmCall::span).containsExactly("inner", null);
    }

    @Test
    void splitsTheUsageByTheAnsweredModel() {
        recorder.record(call("gpt-4o", 1000, 0));
        recorder.record(call("o3", 1, 1));
        recorder.record(
                call("alias", 1000, 0).toBuilder().answeredModel("gpt-4o").build());
        recorder.record(LlmCall.of(Operation.OTHER, null).build());

        assertThat(usage.byModel()).containsOnlyKeys("gpt-4o", "o3", "unknown");
        assertThat(usage.byModel().get("gpt-4o").inputTokens()).isEqualTo(2000);
        assertThat(usage.byModel().get("gpt-4o").cost().usd()).isEqualByComparingTo("0.005");
        assertThat(usage.byModel().get("unknown").isComplete()).isFalse();
    }

    @Test
    void spendsMoneyOnLiveCallsOnly() {
        recorder.record(call("gpt-4o", 1000, 0));
        recorder.record(call("gpt-4o", 2000, 0).toBuilder().origin(Origin.LIVE).build());

        assertThat(usage.cost().usd()).isEqualByComparingTo("0.0075");
        assertThat(usage.incurredCost().usd()).isEqualByComparingTo("0.005");
        assertThat(usage).hasToString("2 calls, 3000 tokens, $0.0075");
    }

    @Test
    void losesNoCallOfManyThreads() throws Exception {
        int threads = 64;
        int callsOfEach = 50;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                results.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < callsOfEach; i++) {
                        OpenCall open = begin("gpt-4o");
                        assertThat(usage.totalTokens() % 3).isZero();
                        open.end(call("gpt-4o", 2, 1));
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> result : results) {
                assertThatCode(result::get).doesNotThrowAnyException();
            }
        } finally {
            pool.shutdown();
        }

        assertThat(usage.calls()).hasSize(threads * callsOfEach);
        assertThat(usage.inputTokens()).isEqualTo(2L * threads * callsOfEach);
        assertThat(usage.await(Duration.ZERO)).isTrue();
    }

    private OpenCall begin(String model) {
        return recorder.begin(
                Origin.MOCK, () -> LlmCall.of(Operation.CHAT, model).build());
    }

    private static List<String> models(UsageTotals totals) {
        return totals.calls().stream().map(LlmCall::model).toList();
    }

    private static LlmCall call(String model, long input, long output) {
        return call(model, TokenCounts.of(input, output));
    }

    private static LlmCall call(String model, TokenCounts tokens) {
        return LlmCall.of(Operation.CHAT, model)
                .tokens(tokens, CountSource.REPORTED)
                .build();
    }
}
