package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.CallWatch;
import io.github.llmbudget.usage.UsageLedger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads each answer that real services gave: whole, byte by byte, and cut anywhere. */
class RecordedTrafficTests {

    private static final int WHOLE = Integer.MAX_VALUE;
    private static final List<Recording> RECORDINGS = Recording.all();

    /** Services whose formats are not part of this library; their calls are recorded with counts nobody knows. */
    private static final Set<String> UNREAD_FAMILIES = Set.of("converse", "bedrock-invoke", "cohere");

    /** Endpoints whose answers hold text from which tokens can be estimated. */
    private static final Set<String> ESTIMATED = Set.of("chat.completions", "completions", "responses.create");

    private static final Map<String, Map<String, Integer>> TALLY = new ConcurrentSkipListMap<>();

    static List<Recording> recordings() {
        return RECORDINGS;
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsWhatTheServiceReported(Recording recording) {
        String billable = recording.text("billable").orElseThrow();
        boolean refused = recording.status() >= 400;
        if (!billable.equals("yes") && !refused) {
            assertThat(recording.format()).as("reads %s as a call", recording).isEmpty();
            tally(recording, "no call");
            return;
        }
        if (recording.format().isEmpty()) {
            assertThat(refused).isTrue();
            tally(recording, "no call");
            return;
        }
        LlmCall call = recording.read(WHOLE);
        if (refused) {
            assertThat(call.status()).isEqualTo(CallStatus.FAILED);
            assertThat(call.tokens()).isEqualTo(TokenCounts.NONE);
            assertThat(call.isUncounted()).isFalse();
            tally(recording, "failed");
        } else if (isUnread(recording)) {
            assertThat(call.countSource()).isEqualTo(CountSource.UNKNOWN);
            assertThat(call.isUncounted()).isTrue();
            tally(recording, "unread");
        } else if (recording.text("usage_kind").orElse("").equals("tokens")) {
            assertReported(recording, call);
        } else {
            assertNeverZero(recording, call);
        }
    }

    private static boolean isUnread(Recording recording) {
        return UNREAD_FAMILIES.contains(recording.text("family").orElse(""))
                || recording.text("provider").orElse("").equals("cohere");
    }

    private static void assertReported(Recording recording, LlmCall call) {
        assertCount(recording.expectedInclusive("input"), call, TokenCounts::input, "input");
        assertCount(recording.expectedInclusive("output"), call, TokenCounts::output, "output");
        assertCount(recording.expectedLiteral("cached"), call, TokenCounts::cachedInput, "cached");
        assertCount(recording.expectedLiteral("cache_write"), call, TokenCounts::cacheWrite, "cache write");
        assertCount(recording.expectedLiteral("reasoning"), call, TokenCounts::reasoning, "reasoning");
        assertCount(recording.expectedLiteral("audio_in"), call, TokenCounts::audioInput, "audio input");
        assertCount(recording.expectedLiteral("audio_out"), call, TokenCounts::audioOutput, "audio output");
        if (recording.expectedInclusive("input").isPresent()) {
            assertCount(recording.expectedLiteral("total"), call, TokenCounts::total, "total");
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            tally(recording, "reported");
        } else {
            // The service told a part; what it left out must not pass for zero.
            assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
            tally(recording, "in part");
        }
        recording.text("model").ifPresent(model -> assertThat(call.model()).isEqualTo(model));
        recording
                .text("response_id")
                .ifPresent(id -> assertThat(call.responseId()).isEqualTo(id));
        recording
                .text("service_tier")
                .ifPresent(tier -> assertThat(call.serviceTier()).isEqualTo(tier));
        recording
                .reportedCost()
                .ifPresent(cost -> assertThat(call.reportedCost()).isEqualByComparingTo(cost));
        boolean oddCache = recording.expectedLiteral("cached").orElse(0)
                > recording.expectedInclusive("input").orElse(Long.MAX_VALUE);
        if (oddCache) {
            assertThat(call.anomalies()).anyMatch(anomaly -> anomaly.startsWith("cached input of "));
        }
    }

    private static void assertCount(OptionalLong expected, LlmCall call, ToLongFunction<TokenCounts> count, String as) {
        expected.ifPresent(
                tokens -> assertThat(count.applyAsLong(call.tokens())).as(as).isEqualTo(tokens));
    }

    private static void assertNeverZero(Recording recording, LlmCall call) {
        assertThat(call.status()).isNotEqualTo(CallStatus.FAILED);
        assertThat(call.countNote()).isNotNull();
        if (call.countSource() == CountSource.ESTIMATED) {
            assertThat(ESTIMATED).contains(recording.text("endpoint").orElseThrow());
            assertThat(call.tokens().input()).isPositive();
            assertThat(call.tokens().output()).isPositive();
            tally(recording, "estimated");
        } else {
            assertThat(call.countSource()).isEqualTo(CountSource.UNKNOWN);
            tally(recording, "unknown");
        }
    }

    static List<Recording> calls() {
        return RECORDINGS.stream()
                .filter(recording -> recording.format().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void readsTheSameByteByByteAndInRandomCuts(Recording recording) {
        LlmCall whole = recording.read(WHOLE);
        Random random = new Random(recording.toString().hashCode());

        assertThat(recording.read(1)).isEqualTo(whole);
        for (int longest : new int[] {8, 100, 5000}) {
            int[] pieces = random.ints(50, 1, longest).toArray();
            assertThat(recording.read(pieces))
                    .as("cuts %s", Arrays.toString(pieces))
                    .isEqualTo(whole);
        }
    }

    /** Some recordings hold several answers in one body; the last word of the first is not the last of all. */
    @ParameterizedTest
    @MethodSource("calls")
    void recordsTheSameThoughACallIsRecordedAsSoonAsItIsComplete(Recording recording) {
        UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(5));
        CallWatch watch = CallWatch.of(recording.format(), recording.request(), ledger, Origin.LIVE);
        byte[] body = recording.body();
        watch.answered(recording.head());
        for (int at = 0; at < body.length; at += 512) {
            watch.passed(body, at, Math.min(512, body.length - at));
        }
        watch.ended(CallStatus.COMPLETE);

        LlmCall whole = recording.read(WHOLE);
        assertThat(ledger.failures()).isEmpty();
        assertThat(ledger.usage().calls()).singleElement().satisfies(call -> {
            assertThat(call.tokens()).isEqualTo(whole.tokens());
            assertThat(call.countSource()).isEqualTo(whole.countSource());
            assertThat(call.status()).isEqualTo(whole.status());
        });
    }

    @Property(tries = 300)
    void readsTheSamePrefixHoweverItIsCut(
            @ForAll("anyCall") Recording recording,
            @ForAll @DoubleRange(max = 1) double share,
            @ForAll @IntRange(min = 1, max = 300) int piece) {
        byte[] body = recording.body();
        byte[] prefix = Arrays.copyOf(body, (int) (body.length * share));

        assertThat(recording.read(prefix, CallStatus.CUT, piece))
                .isEqualTo(recording.read(prefix, CallStatus.CUT, WHOLE));
    }

    @Property(tries = 200)
    void readsTheSameWhateverItsLineEndsAre(
            @ForAll("anyCall") Recording recording,
            @ForAll("lineEnds") String lineEnd,
            @ForAll @IntRange(min = 1, max = 300) int piece) {
        byte[] body = new String(recording.body(), UTF_8)
                .replace("\r\n", "\n")
                .replace("\n", lineEnd)
                .getBytes(UTF_8);

        assertThat(recording.read(body, CallStatus.COMPLETE, piece)).isEqualTo(recording.read(WHOLE));
    }

    @Provide
    Arbitrary<Recording> anyCall() {
        return Arbitraries.of(calls());
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    private static void tally(Recording recording, String outcome) {
        String group = String.format(
                "%-19s %-36s %-6s",
                recording.text("provider").orElse("?"),
                recording.text("endpoint").orElse("?"),
                recording.isStreaming() ? "stream" : "whole");
        TALLY.computeIfAbsent(group, key -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    }

    @AfterAll
    static void printTheTally() {
        StringBuilder table = new StringBuilder("Recorded exchanges as they were read:\n");
        Map<String, Integer> all = new TreeMap<>();
        TALLY.forEach((group, outcomes) -> {
            table.append("  ").append(group).append("  ").append(outcomes).append('\n');
            outcomes.forEach((outcome, number) -> all.merge(outcome, number, Integer::sum));
        });
        System.out.print(table.append("  all ").append(all).append('\n'));
    }
}
