package io.github.llmbudget.cassette;

import static io.github.llmbudget.cassette.Exchanges.answer;
import static io.github.llmbudget.cassette.Exchanges.answering;
import static io.github.llmbudget.cassette.Exchanges.ask;
import static io.github.llmbudget.cassette.Exchanges.cassette;
import static io.github.llmbudget.cassette.Exchanges.chat;
import static io.github.llmbudget.cassette.Exchanges.exchange;
import static io.github.llmbudget.cassette.Exchanges.headers;
import static io.github.llmbudget.cassette.Exchanges.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.wire.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaybackTests {

    private static final String RECORDED =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"é\"}],\"temperature\":0.50}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"é\"}],\"temperature\":0.50}",
                "{\"temperature\":0.50,\"messages\":[{\"content\":\"é\",\"role\":\"user\"}],\"model\":\"m\"}",
                "{ \"model\" : \"m\", \"messages\": [ {\"role\":\"user\",\"content\":\"é\"} ], \"temperature\": 0.50 }",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\\u00e9\"}],\"temperature\":0.50}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"é\"}],\"temperature\":0.50,\"stream_options\":{\"include_usage\":true}}",
            })
    void answersARequestThatMeansTheSame(String sent) {
        assertThat(playback(RECORDED, CassetteRules.NONE).take(chat(sent))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"n\",\"messages\":[{\"role\":\"user\",\"content\":\"é\"}],\"temperature\":0.50}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"e\"}],\"temperature\":0.50}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"é\"}],\"temperature\":0.5}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"é\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"é\"}],\"temperature\":0.50,\"n\":null}",
                "``",
                "[]",
            })
    void doesNotAnswerARequestThatMeansSomethingElse(String sent) {
        Playback playback = playback(RECORDED, CassetteRules.NONE);
        assertThat(playback.take(chat(sent))).isEmpty();
        assertThat(playback.misses()).hasSize(1);
        assertThat(playback.unused()).hasSize(1);
    }

    @Test
    void doesNotAnswerAnotherPathOrMethod() {
        Playback playback = playback(RECORDED, CassetteRules.NONE);
        assertThat(playback.take(post("/v1/completions", RECORDED))).isEmpty();
        assertThat(playback.take(
                        new HttpExchange.Request("PUT", Exchanges.CHAT, Exchanges.JSON, RECORDED.getBytes(UTF_8))))
                .isEmpty();
        assertThat(playback.take(post(Exchanges.CHAT + "?api-version=2", RECORDED)))
                .isEmpty();
    }

    @Test
    void looksAtNoKeyInThePath() {
        Playback playback = new Playback(
                cassette(exchange(post("/v1/a?key=one&alt=sse&api-version=2&sig=x", "{}"), answer("{}"))),
                CassetteRules.NONE);
        assertThat(playback.take(post("/v1/a?alt=sse&api-version=2&API_KEY=other", "{}")))
                .isPresent();
    }

    @Test
    void ignoresDeclaredFields() {
        CassetteRules rules = rules(List.of("$.user", "$..timestamp", "$.model"), List.of(), List.of(), null);
        Playback playback = playback("{\"model\":\"a\",\"user\":\"u1\",\"x\":[{\"timestamp\":1,\"y\":2}]}", rules);
        assertThat(playback.take(chat("{\"model\":\"b\",\"x\":[{\"y\":2,\"timestamp\":[7]}]}")))
                .isPresent();
    }

    @Test
    void comparesWhatTheNormaliserMakes() {
        CassetteRules rules =
                rules(List.of(), List.of(), List.of(), body -> body.replaceAll("\\d{4}-\\d\\d-\\d\\d", "DATE"));
        Playback playback = playback("{\"a\": \"Today is 2026-11-27.\"}", rules);
        assertThat(playback.take(chat("{\"a\":\"Today is 2027-01-01.\"}"))).isPresent();
    }

    @Test
    void givesTheNormaliserTheSameTextForTheSameMeaning() {
        List<String> seen = new ArrayList<>();
        CassetteRules rules = rules(List.of(), List.of(), List.of(), body -> {
            seen.add(body);
            return body;
        });
        playback("{\n  \"b\": 1,\n  \"a\": 2,\n  \"stream_options\": {}\n}", rules)
                .take(chat("{\"a\":2,\"b\":1}"));
        assertThat(seen).containsExactly("{\"a\":2,\"b\":1}", "{\"a\":2,\"b\":1}");
    }

    @Test
    void comparesWhatIsLeftOfARedactedRequest() {
        CassetteRules rules = rules(List.of(), List.of("$.user"), List.of("\\b\\d{4} \\d{4}\\b"), null);
        Recording recording = new Recording();
        RecordingTests.record(recording, chat("{\"user\":\"Ann\",\"text\":\"card 1234 5678\",\"n\":1}"), "{}");
        Cassette cassette = recording.cassette("test", null, rules, Map.of());

        assertThat(new String(cassette.exchanges().get(0).request().body(), UTF_8))
                .isEqualTo("{\"user\":\"REDACTED\",\"text\":\"card REDACTED\",\"n\":1}");
        assertThat(new Playback(cassette, rules).take(chat("{\"user\":\"Bob\",\"text\":\"card 8765 4321\",\"n\":1}")))
                .isPresent();
        assertThat(new Playback(cassette, rules).take(chat("{\"user\":\"Bob\",\"text\":\"card 8765 4321\",\"n\":2}")))
                .isEmpty();
    }

    @Test
    void comparesFormsWithoutTheirBoundaries() {
        Playback playback = new Playback(
                cassette(exchange(form("----Boundary7a", "\u00ff\u00fe audio"), answer("{}"))), CassetteRules.NONE);
        assertThat(playback.take(form("xyz", "\u00ff\u00fd audio"))).isEmpty();
        assertThat(playback.take(form("\"xyz\"", "\u00ff\u00fe audio"))).isPresent();
    }

    private static HttpExchange.Request form(String boundary, String file) {
        String plain = boundary.replace("\"", "");
        String body = "--" + plain + "\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n" + file + "\r\n--"
                + plain + "--\r\n";
        return new HttpExchange.Request(
                "POST",
                "/v1/audio/transcriptions",
                headers("Content-Type", "multipart/form-data; boundary=" + boundary),
                body.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void comparesWhatStandsForAPlaceholder() {
        Playback playback = new Playback(
                cassette(exchange(chat("{\"key\":\"PLACEHOLDER\"}"), answer("{}"))),
                CassetteRules.NONE,
                Map.of("sk-test-1", "PLACEHOLDER"));
        assertThat(playback.take(chat("{\"key\":\"sk-test-1\"}"))).isPresent();
    }

    @Test
    void answersARequestAsOftenAsItWasRecordedInThatOrder() {
        Playback playback = new Playback(
                cassette(
                        exchange(ask("a"), answer("1")),
                        exchange(ask("b"), answer("2")),
                        exchange(ask("a"), answer("3"))),
                CassetteRules.NONE);
        assertThat(playback.take(ask("b")).map(RecordedExchange::answer).map(Exchanges::text))
                .hasValue("2");
        assertThat(playback.take(ask("a")).map(RecordedExchange::answer).map(Exchanges::text))
                .hasValue("1");
        assertThat(playback.unused()).extracting(UnusedExchange::number).containsExactly(3);
        assertThat(playback.take(ask("a")).map(RecordedExchange::answer).map(Exchanges::text))
                .hasValue("3");
        assertThat(playback.take(ask("a"))).isEmpty();
        assertThat(playback.misses()).hasSize(1);
        assertThat(playback.unused()).isEmpty();
    }

    @Test
    void saysOnALineEachWhatNobodyAskedFor() {
        Playback playback = new Playback(
                cassette(exchange(ask("a"), answer("{}")), exchange(post("/v1/x", "text"), answer("{}"))),
                CassetteRules.NONE);
        assertThat(playback.unused())
                .extracting(UnusedExchange::describe)
                .containsExactly("#1 POST /v1/chat/completions, model gpt-4o", "#2 POST /v1/x");
    }

    @Test
    void answersEachExchangeOnceToManyThreads() throws Exception {
        String[] questions = IntStream.range(0, 600)
                .mapToObj(number -> "question " + number % 100)
                .toArray(String[]::new);
        Playback playback = new Playback(answering(questions), CassetteRules.NONE);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> calls = IntStream.range(0, 700)
                    .mapToObj(number -> (Callable<Boolean>) () ->
                            playback.take(ask("question " + (number * 7) % 100)).isPresent())
                    .toList();
            int answered = 0;
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                answered += call.get() ? 1 : 0;
            }
            assertThat(answered).isEqualTo(600);
        } finally {
            threads.shutdown();
        }
        assertThat(playback.misses()).hasSize(100);
        assertThat(playback.unused()).isEmpty();
    }

    private static Playback playback(String recorded, CassetteRules rules) {
        return new Playback(cassette(exchange(chat(recorded), answer("{}"))), rules);
    }

    private static CassetteRules rules(
            List<String> ignored, List<String> paths, List<String> patterns, RequestNormaliser normaliser) {
        return CassetteRules.of(ignored, paths, patterns, normaliser);
    }
}
