package io.github.llmbudget.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class CallCodecTests {

    private static final Instant NOW = Instant.parse("2026-11-10T12:34:56.123456789Z");

    private final CallCodec codec = new CallCodec();

    @Property(tries = 300)
    void unpacksWhatItPacked(@ForAll("calls") LlmCall call, @ForAll("calls") LlmCall other) {
        byte[] packed = codec.pack(call);
        byte[] packedOther = codec.pack(other);

        assertThat(codec.unpack(packed)).isEqualTo(call);
        assertThat(codec.unpack(packedOther)).isEqualTo(other);
    }

    /** Each component differs from what a call has that says nothing, so one that is forgotten is missed. */
    @Example
    void forgetsNoComponentOfACall() throws ReflectiveOperationException {
        LlmCall full = fullCall();

        assertAllDiffer(full, LlmCall.of(Operation.CHAT, null).build());
        assertAllDiffer(full.tokens(), TokenCounts.NONE);
        assertAllDiffer(full.timing(), CallTiming.UNKNOWN);
        assertThat(codec.unpack(codec.pack(full))).isEqualTo(full);
    }

    private static void assertAllDiffer(Record full, Record empty) throws ReflectiveOperationException {
        for (RecordComponent component : full.getClass().getRecordComponents()) {
            Method accessor = component.getAccessor();
            assertThat(accessor.invoke(full)).as(component.getName()).isNotEqualTo(accessor.invoke(empty));
        }
    }

    private static LlmCall fullCall() {
        return LlmCall.of(Operation.RESPONSES, "gpt-4o")
                .provider("openai")
                .answeredModel("gpt-4o-2024-08-06")
                .serviceTier("flex")
                .region("eu")
                .streaming(true)
                .status(CallStatus.CUT, 206)
                .tokens(new TokenCounts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13), CountSource.PARTIAL)
                .countNote("the stream broke off")
                .estimates(
                        new TokenEstimate(9, 7, Set.of(EstimateReason.FILE, EstimateReason.AUDIO)),
                        new TokenEstimate(5, 5, Set.of()))
                .reportedCost(new BigDecimal("0.0012300"))
                .toolCalls(Map.of("web_search", 2L))
                .audioDuration(Duration.ofMillis(1_234))
                .characters(77L)
                .images(Map.of("hd 1024x1792", 1L))
                .anomalies(List.of("a part exceeds the whole"))
                .responseId("chatcmpl-1")
                .requestDigest("00f0a1b2c3d4e5f6")
                .origin(Origin.REPLAY)
                .role(Role.JUDGE, "verdict")
                .timing(new CallTiming(
                        NOW, Duration.ofNanos(5), Duration.ofMillis(7), Duration.ofSeconds(8), NOW.minusSeconds(9)))
                .build();
    }

    @Example
    void packsAUsualCallInLessThanAHundredBytes() {
        LlmCall usual = LlmCall.of(Operation.CHAT, "gpt-4o")
                .provider("openai")
                .answeredModel("gpt-4o-2024-08-06")
                .serviceTier("default")
                .tokens(new TokenCounts(1_204, 1_024, 0, 0, 310, 64, 0), CountSource.REPORTED)
                .responseId("chatcmpl-BbtVy8nQl7Z9jerkoBQjmHdq1bUpy")
                .requestDigest("00f0a1b2c3d4e5f6")
                .origin(Origin.LIVE)
                .timing(new CallTiming(NOW, Duration.ofMillis(300), Duration.ofMillis(320), Duration.ofMillis(2_100)))
                .build();

        assertThat(codec.pack(usual)).hasSizeLessThan(100);
    }

    @Example
    void keepsTextsThatCallsHaveInCommonOnce() {
        codec.pack(LlmCall.of(Operation.CHAT, "a-model-with-quite-a-long-name").build());

        assertThat(codec.pack(LlmCall.of(Operation.CHAT, "a-model-with-quite-a-long-name")
                        .build()))
                .hasSizeLessThan(8);
    }

    @Example
    void keepsNoTextThatIsUniqueToACall() {
        List<LlmCall> calls = IntStream.range(0, 2_000)
                .mapToObj(number -> LlmCall.of(Operation.CHAT, "gpt-4o")
                        .countNote(number % 2 == 0 ? "note " + number : "x".repeat(300) + number)
                        .build())
                .toList();

        List<byte[]> packed = calls.stream().map(codec::pack).toList();

        assertThat(packed.stream().map(codec::unpack)).isEqualTo(calls);
    }

    @Provide
    Arbitrary<LlmCall> calls() {
        return Combinators.combine(Arbitraries.of(Operation.class), maybe(texts()))
                .flatAs((operation, model) -> Builders.withBuilder(() -> LlmCall.of(operation, model))
                        .use(maybe(texts()))
                        .in((call, text) -> call.provider(text))
                        .use(maybe(texts()))
                        .in((call, text) -> call.answeredModel(text))
                        .use(maybe(texts()))
                        .in((call, text) -> call.serviceTier(text))
                        .use(maybe(texts()))
                        .in((call, text) -> call.region(text))
                        .use(Arbitraries.of(true, false))
                        .in((call, flag) -> call.streaming(flag))
                        .use(both(
                                Arbitraries.of(CallStatus.class),
                                Arbitraries.integers(),
                                (status, http) -> call -> call.status(status, http)))
                        .in(CallCodecTests::apply)
                        .use(both(
                                tokens(),
                                Arbitraries.of(CountSource.class),
                                (tokens, source) -> call -> call.tokens(tokens, source)))
                        .in(CallCodecTests::apply)
                        .use(maybe(texts()))
                        .in((call, text) -> call.countNote(text))
                        .use(both(
                                maybe(estimates()),
                                maybe(estimates()),
                                (input, output) -> call -> call.estimates(input, output)))
                        .in(CallCodecTests::apply)
                        .use(maybe(money()))
                        .in((call, cost) -> call.reportedCost(cost))
                        .use(counts())
                        .in((call, counts) -> call.toolCalls(counts))
                        .use(maybe(durations()))
                        .in((call, duration) -> call.audioDuration(duration))
                        .use(maybe(Arbitraries.longs()))
                        .in((call, characters) -> call.characters(characters))
                        .use(counts())
                        .in((call, counts) -> call.images(counts))
                        .use(texts().list().ofMaxSize(3))
                        .in((call, anomalies) -> call.anomalies(anomalies))
                        .use(maybe(texts()))
                        .in((call, text) -> call.responseId(text))
                        .use(maybe(Arbitraries.oneOf(
                                texts(), Arbitraries.longs().map(number -> String.format("%016x", number)))))
                        .in((call, text) -> call.requestDigest(text))
                        .use(Arbitraries.of(Origin.class))
                        .in((call, origin) -> call.origin(origin))
                        .use(both(
                                Arbitraries.of(Role.class),
                                maybe(texts()),
                                (role, span) -> call -> call.role(role, span)))
                        .in(CallCodecTests::apply)
                        .use(timings())
                        .in((call, timing) -> call.timing(timing))
                        .build(LlmCall.Builder::build));
    }

    private static <A, B> Arbitrary<Step> both(Arbitrary<A> one, Arbitrary<B> other, BiFunction<A, B, Step> step) {
        return Combinators.combine(one, other).as(step::apply);
    }

    private static LlmCall.Builder apply(LlmCall.Builder call, Step step) {
        return step.on(call);
    }

    private interface Step {

        LlmCall.Builder on(LlmCall.Builder call);
    }

    private static <T> Arbitrary<@Nullable T> maybe(Arbitrary<T> values) {
        return values.injectNull(0.3);
    }

    /** Any texts, halves of characters too. */
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(12),
                Arbitraries.strings().alpha().ofMinLength(190).ofMaxLength(300),
                Arbitraries.of("gpt-4o", "", "\uD83D", "\u20AC 5"));
    }

    private static Arbitrary<TokenCounts> tokens() {
        return Arbitraries.oneOf(Arbitraries.just(0L), Arbitraries.longs().greaterOrEqual(0))
                .list()
                .ofSize(13)
                .map(counts -> new TokenCounts(
                        counts.get(0),
                        counts.get(1),
                        counts.get(2),
                        counts.get(3),
                        counts.get(4),
                        counts.get(5),
                        counts.get(6),
                        counts.get(7),
                        counts.get(8),
                        counts.get(9),
                        counts.get(10),
                        counts.get(11),
                        counts.get(12)));
    }

    private static Arbitrary<TokenEstimate> estimates() {
        Arbitrary<Long> counts = Arbitraries.longs().greaterOrEqual(0);
        return Combinators.combine(
                        counts, counts, Arbitraries.of(EstimateReason.class).set())
                .as((one, other, reasons) -> new TokenEstimate(Math.max(one, other), Math.min(one, other), reasons));
    }

    private static Arbitrary<BigDecimal> money() {
        Arbitrary<BigInteger> unscaled =
                Arbitraries.bigIntegers().between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40));
        return Combinators.combine(unscaled, Arbitraries.integers().between(-50, 50))
                .as(BigDecimal::new);
    }

    private static Arbitrary<Map<String, Long>> counts() {
        return Arbitraries.maps(texts(), Arbitraries.longs()).ofMaxSize(3);
    }

    private static Arbitrary<Duration> durations() {
        return Combinators.combine(Arbitraries.longs().between(-1_000_000, Long.MAX_VALUE - 1), nanos())
                .as(Duration::ofSeconds);
    }

    private static Arbitrary<Instant> instants() {
        Arbitrary<Long> seconds =
                Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
        return Combinators.combine(seconds, nanos()).as(Instant::ofEpochSecond);
    }

    private static Arbitrary<Long> nanos() {
        return Arbitraries.longs().between(0, 999_999_999);
    }

    private static Arbitrary<CallTiming> timings() {
        return Combinators.combine(instants(), maybe(durations()), maybe(durations()), durations(), maybe(instants()))
                .as(CallTiming::new);
    }
}
