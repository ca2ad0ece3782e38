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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class UsageLedgerTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    private final UsageLedger recorder = new UsageLedger(PriceCatalog.builtIn(), SHORT);
    private final TokenUsage usage = recorder.usage();

    @Test
    void tellsWhenACallBeginsButNotWhenOneIsFetchedAgain() {
        List<String> heard = new ArrayList<>();
        UsageListener listener = new UsageListener() {
            @Override
            public void began() {
                heard.add("began");
            }

            @Override
            public void recorded(@Nullable LlmCall before, LlmCall now) {
                heard.add("recorded");
            }
        };
        UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), SHORT, listener, SpanAddresses.NONE);

        ledger.beginRetrieval().end(call("a", 1, 1));
        ledger.record(call("a", 1, 1));

        assertThat(heard).containsExactly("began", "recorded");
    }

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

    /** Whoever adds up what was used and what is set aside would count the call twice in between. */
    @Test
    void recordsACallAndGivesBackWhatWasHeldForItInOneStep() {
        List<String> steps = new ArrayList<>();
        UsageListener listener = new UsageListener() {
            @Override
            public void recorded(@Nullable LlmCall before, LlmCall now) {
                steps.add("recorded");
            }

            @Override
            public void ending(Runnable ending) {
                steps.add("(");
                ending.run();
                steps.add(")");
            }
        };
        UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), SHORT, listener, SpanAddresses.NONE);

        ledger.begin(Origin.MOCK, () -> call("a", 1, 1), () -> steps.add("settled"))
                .end(call("a", 1, 1));

        assertThat(steps).containsExactly("(", "recorded", "settled", ")");
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

        recorder.close(() -> {});
        open.end(call("gpt-4o", 1000, 1000));

        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.UNFINISHED);
            assertThat(call.isUncounted()).isTrue();
            assertThat(call.countNote()).isEqualTo("the call was still running 20 ms after its test");
            assertThat(call.origin()).isEqualTo(Origin.LIVE);
            assertThat(call.timing().start()).isBetween(before, Instant.now());
            assertThat(call.timing().toFirstByte()).isNull();
            assertThat(call.timing().toFirstToken()).isNull();
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
        impatient.close(() -> {});

        assertThat(impatient.usage().calls().get(0).countNote())
                .isEqualTo("the call was still running 0 s after its test");
    }

    @Test
    void closesTwiceWithoutRecordingTwice() {
        begin("gpt-4o");
        recorder.close(() -> {});
        recorder.close(() -> {});

        assertThat(usage.calls()).hasSize(1);
    }

    @Test
    void takesNoCallOnceItsTestIsOver() {
        recorder.close(() -> {});

        assertThatThrownBy(() -> begin("gpt-4o"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The test is over; it takes no more calls");
        assertThat(usage.calls()).isEmpty();
    }

    @Test
    void countsAnAnswerOnceThatIsGivenAgainToTheSameRequest() {
        recorder.record(uncounted("resp_1", "same"));
        recorder.record(counted("resp_1", "same", 10, 5));
        recorder.record(uncounted("resp_1", "same"));

        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(call.tokens()).isEqualTo(TokenCounts.of(10, 5));
            assertThat(call.countNote()).isNull();
            assertThat(call.anomalies())
                    .containsExactly("the service gave this answer more than once; it is counted once");
        });
    }

    @Test
    void keepsTheNoteOfARepeatedAnswerThoughItIsFetchedAgain() {
        recorder.record(uncounted("resp_1", "same"));
        recorder.record(uncounted("resp_1", "same"));
        retrieve(counted("resp_1", "fetched", 10, 5).toBuilder()
                .anomalies(List.of("odd"))
                .build());

        assertThat(usage.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.anomalies())
                        .containsExactly("odd", "the service gave this answer more than once; it is counted once"));
    }

    @ParameterizedTest
    @CsvSource({"resp_1, one, resp_1, other", "resp_1, same, resp_2, same", ", same, , same", "resp_1, , resp_1,"})
    void countsTwoCallsWhereIdOrRequestDifferOrAreNotKnown(
            String firstId, String firstRequest, String secondId, String secondRequest) {
        recorder.record(counted(firstId, firstRequest, 10, 5));
        recorder.record(counted(secondId, secondRequest, 10, 5));

        assertThat(usage.calls())
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.anomalies()).isEmpty());
        assertThat(usage.totalTokens()).isEqualTo(30);
    }

    @Test
    void completesABackgroundCallWithTheUsageThatIsFetchedLater() {
        try (UsageSpan span = usage.span("nightly", Role.SETUP)) {
            recorder.record(
                    uncounted("resp_1", "a").toBuilder().origin(Origin.LIVE).build());
            assertThat(usage.isComplete()).isFalse();

            retrieve(uncounted("resp_1", "b"));
            assertThat(usage.isComplete()).isFalse();

            retrieve(counted("resp_1", "b", 1000, 0).toBuilder()
                    .answeredModel("gpt-4o-2024-08-06")
                    .build());
            assertThat(span.totalTokens()).isEqualTo(1000);
        }

        assertThat(usage.isComplete()).isTrue();
        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(call.countNote()).isNull();
            assertThat(call.answeredModel()).isEqualTo("gpt-4o-2024-08-06");
            assertThat(call.requestDigest()).isEqualTo("a");
            assertThat(call.origin()).isEqualTo(Origin.LIVE);
            assertThat(call.role()).isEqualTo(Role.SETUP);
            assertThat(call.span()).isEqualTo("nightly");
            assertThat(call.anomalies()).isEmpty();
        });
        assertThat(usage.incurredCost().usd()).isEqualByComparingTo("0.0025");
    }

    @Test
    void addsNothingForAnAnswerThatIsFetchedAgain() {
        recorder.record(counted("resp_1", "a", 10, 5));
        retrieve(counted("resp_1", "b", 10, 5));
        retrieve(counted("resp_1", "b", 10, 5));

        assertThat(usage.calls()).singleElement().isEqualTo(counted("resp_1", "a", 10, 5));
    }

    @Test
    void holdsTheLastOfTotalsThatGrow() {
        recorder.record(uncounted("batch_1", "a"));
        retrieve(counted("batch_1", "b", 100, 10));
        retrieve(counted("batch_1", "b", 300, 30));
        retrieve(uncounted("batch_1", "b"));

        assertThat(usage.calls()).hasSize(1);
        assertThat(usage.totalTokens()).isEqualTo(330);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "resp_of_yesterday")
    void countsNothingForAnAnswerThatNoCallOfTheTestBegan(String id) {
        recorder.record(counted("resp_1", "a", 10, 5));
        recorder.record(uncounted(null, "c"));
        retrieve(counted(id, "b", 1000, 1000));

        assertThat(usage.calls()).containsExactly(counted("resp_1", "a", 10, 5), uncounted(null, "c"));
    }

    @Test
    void takesNoRetrievalOnceItsTestIsOver() {
        recorder.record(uncounted("resp_1", "a"));
        recorder.close(() -> {});

        assertThatThrownBy(recorder::beginRetrieval)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The test is over; it takes no more calls");
    }

    @Test
    void waitsForARunningRetrievalAndIgnoresItsLateEnd() {
        recorder.record(uncounted("resp_1", "a"));
        OpenCall retrieval = recorder.beginRetrieval();
        assertThat(usage.await(SHORT)).isFalse();

        recorder.close(() -> {});
        retrieval.end(counted("resp_1", "b", 10, 5));

        assertThat(usage.calls()).containsExactly(uncounted("resp_1", "a"));
        assertThat(usage.await(Duration.ZERO)).isTrue();
    }

    @Test
    void completesCallsOfManyThreads() throws Exception {
        int threads = 32;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> results = new ArrayList<>();
            Map<String, CountDownLatch> answers = new HashMap<>();
            for (int thread = 0; thread < threads; thread++) {
                String id = "resp_" + thread / 2; // Two threads get each answer, the second when the first has it.
                CountDownLatch answered = answers.computeIfAbsent(id, any -> new CountDownLatch(1));
                boolean repeats = thread % 2 == 1;
                results.add(pool.submit(() -> {
                    if (repeats) {
                        answered.await();
                    }
                    recorder.record(uncounted(id, "same"));
                    answered.countDown();
                    for (int total = 1; total <= 20; total++) {
                        retrieve(counted(id, "fetched", 20, total));
                    }
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            pool.shutdown();
        }

        assertThat(usage.calls())
                .hasSize(threads / 2)
                .allSatisfy(call -> assertThat(call.anomalies()).hasSize(1));
        assertThat(usage.inputTokens()).isEqualTo(20L * threads / 2);
        assertThat(usage.outputTokens()).isEqualTo(20L * threads / 2);
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

    @ParameterizedTest
    @CsvSource({
        "vectors, ada, text-embedding-3-small",
        "vectors, , text-embedding-3-small",
        "Vectors, ada, text-embedding-3-small",
        "vectors, text-embedding-3-small, text-embedding-3-small",
        "vectors, Text-Embedding-3-Small-2030-01-01, Text-Embedding-3-Small-2030-01-01",
        "vectors, text-embedding-3-smaller, text-embedding-3-small",
        "vectors, vectors, text-embedding-3-small",
        "other, ada, ada",
        ", ada, ada",
        "ada, , ada"
    })
    void namesTheModelThatADeploymentStandsFor(@Nullable String requested, @Nullable String answered, String model) {
        UsageLedger ledger = withDeployment("vectors", "text-embedding-3-small");
        ledger.record(LlmCall.of(Operation.EMBEDDINGS, requested)
                .answeredModel(answered)
                .tokens(TokenCounts.of(1000, 0), CountSource.REPORTED)
                .build());

        assertThat(ledger.usage().calls()).singleElement().satisfies(call -> {
            assertThat(call.requestedModel()).isEqualTo(requested);
            assertThat(call.model()).isEqualTo(model);
        });
        assertThat(ledger.usage().byModel()).containsOnlyKeys(model);
    }

    @Test
    void namesTheModelOfADeploymentInWhatIsFetchedLaterOrNeverEnds() {
        UsageLedger ledger = withDeployment("support-bot", "gpt-4o");
        LlmCall background = LlmCall.of(Operation.RESPONSES, "support-bot")
                .responseId("resp_1")
                .build();
        ledger.record(background);
        ledger.beginRetrieval()
                .end(LlmCall.of(Operation.RESPONSES, null)
                        .answeredModel("support-bot")
                        .tokens(TokenCounts.of(1000, 0), CountSource.REPORTED)
                        .responseId("resp_1")
                        .build());
        ledger.begin(
                Origin.LIVE, () -> LlmCall.of(Operation.CHAT, "support-bot").build());
        ledger.close(() -> {});

        assertThat(models(ledger.usage())).containsExactly("gpt-4o", "gpt-4o");
        assertThat(ledger.usage().calls()).extracting(LlmCall::requestedModel).containsOnly("support-bot");
        assertThat(ledger.usage().cost()).hasToString("at least $0.0025");
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

    private static UsageLedger withDeployment(String name, String model) {
        Map<String, String> models = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        models.put(name, model);
        return new UsageLedger(PriceCatalog.builder().deployments(models).build(), SHORT);
    }

    @Test
    void takesNoCallForTheRepeatOfOneThatRanBesideIt() {
        OpenCall one = recorder.begin(Origin.LIVE, () -> uncounted("c1", "a"));
        OpenCall other = recorder.begin(Origin.LIVE, () -> uncounted("c1", "a"));
        one.end(counted("c1", "a", 10, 5));
        other.end(counted("c1", "a", 10, 5));

        assertThat(usage.calls()).hasSize(2);
        assertThat(usage.totalTokens()).isEqualTo(30);
    }

    @Test
    void completesACallWithWhatWasFetchedBeforeItEnded() {
        OpenCall streaming = recorder.begin(Origin.LIVE, () -> uncounted("resp_1", "b"));
        retrieve(counted("resp_1", "fetched", 2000, 1000));

        streaming.end(uncounted("resp_1", "b"));

        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(call.tokens().total()).isEqualTo(3000);
        });
    }

    @Test
    void learnsFromWhatIsFetchedThatTheWorkFailed() {
        recorder.record(uncounted("resp_1", "b"));

        retrieve(uncounted("resp_1", "fetched").toBuilder()
                .status(CallStatus.FAILED, 404)
                .build());
        assertThat(usage.calls().get(0).isUncounted())
                .as("only the fetching failed")
                .isTrue();

        retrieve(uncounted("resp_1", "fetched").toBuilder()
                .status(CallStatus.FAILED, 200)
                .build());
        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.FAILED);
            assertThat(call.isUncounted()).isFalse();
        });
    }

    private void retrieve(LlmCall read) {
        recorder.beginRetrieval().end(read);
    }

    private static LlmCall counted(@Nullable String id, @Nullable String request, long input, long output) {
        return call("gpt-4o", input, output).toBuilder()
                .responseId(id)
                .requestDigest(request)
                .build();
    }

    private static LlmCall uncounted(@Nullable String id, String request) {
        return LlmCall.of(Operation.RESPONSES, "gpt-4o")
                .responseId(id)
                .requestDigest(request)
                .countNote("the service answered before the work was done")
                .build();
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
