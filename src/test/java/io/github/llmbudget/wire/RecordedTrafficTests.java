package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads answers that the real service gave, see {@code src/test/resources/traffic}. */
class RecordedTrafficTests {

    private static final List<Recording> RECORDINGS = load();

    private record Recording(JsonObject json) {

        HttpExchange.Request request() {
            JsonElement body = json.get("request_body");
            return Answers.post(
                    URI.create(json.get("url").getAsString()).getPath(),
                    body.isJsonPrimitive() ? body.getAsString() : body.toString());
        }

        int status() {
            return json.get("http_status").getAsInt();
        }

        byte[] body() {
            return json.get("response_body").getAsString().getBytes(UTF_8);
        }

        String text(String key) {
            return json.get(key).isJsonNull() ? null : json.get(key).getAsString();
        }

        boolean hasUsage() {
            return json.get("expected_usage").isJsonObject()
                    && !json.getAsJsonObject("expected_usage").get("input").isJsonNull();
        }

        long expected(String count) {
            JsonElement value = json.getAsJsonObject("expected_usage").get(count);
            return value.isJsonNull() ? 0 : value.getAsLong();
        }

        LlmCall read(int... pieces) {
            return Answers.read(request(), status(), body(), CallStatus.COMPLETE, pieces);
        }

        @Override
        public String toString() {
            return text("family") + " " + status() + (json.get("streaming").getAsBoolean() ? " stream " : " ")
                    + text("id");
        }
    }

    static List<Recording> withUsage() {
        return RECORDINGS.stream().filter(Recording::hasUsage).toList();
    }

    static List<Recording> streamsWithoutUsage() {
        return RECORDINGS.stream()
                .filter(recording -> !recording.hasUsage() && recording.status() == 200)
                .toList();
    }

    static List<Recording> errors() {
        return RECORDINGS.stream()
                .filter(recording -> recording.status() != 200)
                .toList();
    }

    static List<Recording> all() {
        return RECORDINGS;
    }

    @ParameterizedTest
    @MethodSource("withUsage")
    void readsTheUsageThatWasReported(Recording recording) {
        LlmCall call = recording.read(Integer.MAX_VALUE);

        assertThat(call.tokens())
                .isEqualTo(new TokenCounts(
                        recording.expected("input"),
                        recording.expected("cached"),
                        recording.expected("cache_write"),
                        recording.expected("audio_in"),
                        recording.expected("output"),
                        recording.expected("reasoning"),
                        recording.expected("audio_out")));
        assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(call.status()).isEqualTo(CallStatus.COMPLETE);
        assertThat(call.operation().label()).isEqualTo(recording.text("family"));
        assertThat(call.answeredModel()).isEqualTo(recording.text("model"));
        assertThat(call.serviceTier()).isEqualTo(recording.text("service_tier"));
        assertThat(call.responseId()).isEqualTo(recording.text("response_id"));
        assertThat(call.streaming()).isEqualTo(recording.json().get("streaming").getAsBoolean());
    }

    @ParameterizedTest
    @MethodSource("streamsWithoutUsage")
    void estimatesStreamsThatReportNone(Recording recording) {
        LlmCall call = recording.read(Integer.MAX_VALUE);

        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.countNote()).startsWith("estimated with ").endsWith(": the stream ended without usage");
        assertThat(call.tokens().input()).isPositive();
        assertThat(call.tokens().output()).isPositive();
        assertThat(call.answeredModel()).isEqualTo(recording.text("model"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void readsErrorsAsFailedCalls(Recording recording) {
        LlmCall call = recording.read(Integer.MAX_VALUE);

        assertThat(call.status()).isEqualTo(CallStatus.FAILED);
        assertThat(call.httpStatus()).isEqualTo(recording.status());
        assertThat(call.tokens()).isEqualTo(TokenCounts.NONE);
        assertThat(call.isUncounted()).isFalse();
        assertThat(call.countNote()).isEqualTo("the call failed");
        assertThat(call.requestedModel()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsTheSameByteByByte(Recording recording) {
        assertThat(recording.read(1)).isEqualTo(recording.read(Integer.MAX_VALUE));
    }

    @Property(tries = 200)
    void readsTheSameHoweverTheAnswerIsCut(
            @ForAll("recordings") Recording recording,
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 900) Integer> pieces) {
        int[] lengths = pieces.stream().mapToInt(Integer::intValue).toArray();

        assertThat(recording.read(lengths)).isEqualTo(recording.read(Integer.MAX_VALUE));
    }

    @Property(tries = 200)
    void readsTheSameWhateverItsLineEndsAre(
            @ForAll("recordings") Recording recording,
            @ForAll("lineEnds") String lineEnd,
            @ForAll @IntRange(min = 1, max = 300) int piece) {
        byte[] body = new String(recording.body(), UTF_8).replace("\n", lineEnd).getBytes(UTF_8);

        assertThat(Answers.read(recording.request(), recording.status(), body, CallStatus.COMPLETE, piece))
                .isEqualTo(recording.read(Integer.MAX_VALUE));
    }

    @Provide
    Arbitrary<Recording> recordings() {
        return Arbitraries.of(RECORDINGS);
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    private static List<Recording> load() {
        try (InputStream file = Objects.requireNonNull(
                RecordedTrafficTests.class.getResourceAsStream("/traffic/openai.jsonl"), "openai.jsonl")) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> new Recording(JsonParser.parseString(line).getAsJsonObject()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
