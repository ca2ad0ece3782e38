package io.github.llmbudget.cassette;

import static io.github.llmbudget.cassette.Exchanges.EVENTS;
import static io.github.llmbudget.cassette.Exchanges.JSON;
import static io.github.llmbudget.cassette.Exchanges.ask;
import static io.github.llmbudget.cassette.Exchanges.chat;
import static io.github.llmbudget.cassette.Exchanges.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.wire.HttpExchange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTests {

    private final Recording recording = new Recording();

    @Test
    void keepsRequestsAndAnswers() {
        record(recording, ask("a"), "{\"b\":1}");
        RecordedExchange exchange = cassette(CassetteRules.NONE).exchanges().get(0);

        assertThat(exchange.request().line()).isEqualTo("POST /v1/chat/completions");
        assertThat(exchange.request().contentType()).isNull();
        assertThat(Exchanges.text(exchange.answer())).isEqualTo("{\"b\":1}");
        assertThat(exchange.answer().cut()).isFalse();
    }

    @Test
    void keepsThePiecesOfAStreamAndCopiesThem() {
        Recording.Exchange exchange = recording.begin(ask("a"));
        exchange.answered(new HttpExchange.Response(200, EVENTS));
        byte[] buffer = "data: 1\n\n".getBytes(UTF_8);
        exchange.passed(buffer, 0, buffer.length);
        buffer[6] = '2';
        exchange.passed(buffer, 0, 8);
        exchange.ended(true);
        exchange.ended(false);
        RecordedAnswer answer = cassette(CassetteRules.NONE).exchanges().get(0).answer();

        assertThat(answer.chunks()).hasSize(2);
        assertThat(Exchanges.text(answer)).isEqualTo("data: 1\n\ndata: 2\n");
        assertThat(answer.cut()).isTrue();
    }

    @Test
    void leavesOutWhatWasNeverAnsweredAndCutsWhatStillRuns() {
        recording.begin(ask("never")).ended(true);
        Recording.Exchange running = recording.begin(ask("running"));
        running.answered(new HttpExchange.Response(200, JSON));
        running.passed("{".getBytes(UTF_8), 0, 1);

        assertThat(cassette(CassetteRules.NONE).exchanges())
                .singleElement()
                .matches(exchange -> exchange.answer().cut());
    }

    @Test
    void sortsTheExchangesOfATestThatCallsInParallel() {
        List<List<String>> orders = new ArrayList<>();
        for (int seed = 0; seed < 5; seed++) {
            List<String> questions = new ArrayList<>(List.of("a", "b", "c", "d"));
            Collections.shuffle(questions, new Random(seed));
            Recording parallel = new Recording();
            record(parallel, ask("z"), "{}");
            List<Recording.Exchange> running = questions.stream()
                    .map(question -> parallel.begin(ask(question)))
                    .toList();
            running.forEach(exchange -> {
                exchange.answered(new HttpExchange.Response(200, JSON));
                exchange.ended(false);
            });
            record(parallel, ask("A"), "{}");
            record(parallel, ask("a longer one"), "{}");
            orders.add(parallel.cassette("test", null, CassetteRules.NONE, Map.of()).exchanges().stream()
                    .map(exchange ->
                            new String(exchange.request().body(), UTF_8).replaceAll(".*content\":\"(.*?)\".*", "$1"))
                    .toList());
        }
        assertThat(orders).containsOnly(List.of("A", "a", "b", "c", "d", "z", "a longer one"));
    }

    /** A client may ask again as soon as it has the last event, before the connection says that there are no more. */
    @Test
    void takesAnAnswerForGivenWhenItsLastPieceHasCome() {
        Recording.Exchange first = recording.begin(ask("z"));
        first.answered(new HttpExchange.Response(200, JSON));
        first.passed("{}".getBytes(UTF_8), 0, 2);
        record(recording, ask("a"), "{}");
        first.ended(false);

        assertThat(cassette(CassetteRules.NONE).exchanges())
                .extracting(exchange -> new String(exchange.request().body(), UTF_8))
                .satisfiesExactly(
                        body -> assertThat(body).contains("\"z\""),
                        body -> assertThat(body).contains("\"a\""));
    }

    @Test
    void keepsTheOrderOfEqualRequestsThatRanAtTheSameTime() {
        Recording.Exchange first = recording.begin(ask("a"));
        Recording.Exchange second = recording.begin(ask("a"));
        answer(second, "2");
        answer(first, "1");
        assertThat(cassette(CassetteRules.NONE).exchanges())
                .extracting(exchange -> Exchanges.text(exchange.answer()))
                .containsExactly("1", "2");
    }

    @Test
    void redactsAnswersInTheirLayout() {
        record(recording, ask("a"), "{\n  \"user\": \"Ann\",\n  \"n\": 1.50\n}\n");
        assertThat(Exchanges.text(cassette(CassetteRules.of(List.of(), List.of("$.user"), List.of(), null))
                        .exchanges()
                        .get(0)
                        .answer()))
                .isEqualTo("{\n  \"user\": \"REDACTED\",\n  \"n\": 1.50\n}\n");
    }

    @Test
    void redactsEachEventAndWhatIsNoJson() {
        Recording.Exchange exchange = recording.begin(chat("call 555-0100"));
        exchange.answered(new HttpExchange.Response(200, EVENTS));
        String events =
                ": 555-0100\n\nevent: x\r\ndata: {\"user\":\"Ann\",\"n\":[\"555-0100\"],\"b\": 1}\r\n\r\ndata:555-0100\n\n"
                        + "data: {\"untouched\" : 1}\n\n";
        for (byte next : events.getBytes(UTF_8)) {
            exchange.passed(new byte[] {next}, 0, 1);
        }
        exchange.ended(false);
        RecordedExchange recorded = cassette(
                        CassetteRules.of(List.of(), List.of("$.user"), List.of("555-\\d{4}"), null))
                .exchanges()
                .get(0);

        assertThat(new String(recorded.request().body(), UTF_8)).isEqualTo("call REDACTED");
        assertThat(Exchanges.text(recorded.answer()))
                .isEqualTo(
                        ": REDACTED\n\nevent: x\r\ndata: {\"user\":\"REDACTED\",\"n\":[\"REDACTED\"],\"b\":1}\r\n\r\n"
                                + "data:REDACTED\n\ndata: {\"untouched\" : 1}\n\n");
    }

    @Test
    void redactsNamesNumbersPathsAndHeaders() {
        Recording.Exchange exchange = recording.begin(Exchanges.post("/v1/files/4242/x?a=4242", "{\"4242\":4242}"));
        exchange.answered(new HttpExchange.Response(200, headers("Location", "/v1/4242")));
        exchange.ended(false);
        RecordedExchange recorded = cassette(CassetteRules.of(List.of(), List.of(), List.of("4242"), null))
                .exchanges()
                .get(0);
        assertThat(recorded.request().path()).isEqualTo("/v1/files/REDACTED/x?a=REDACTED");
        assertThat(new String(recorded.request().body(), UTF_8)).isEqualTo("{\"REDACTED\":\"REDACTED\"}");
        assertThat(recorded.answer().headers())
                .extracting(HttpExchange.Header::value)
                .containsExactly("/v1/REDACTED");
    }

    @Test
    void substitutesInAllBodies() {
        record(recording, chat("{\"k\":\"sk-placeholder-1\"}"), "no JSON: sk-placeholder-1");
        RecordedExchange recorded = recording
                .cassette("test", null, CassetteRules.NONE, Map.of("sk-placeholder-1", "KEY"))
                .exchanges()
                .get(0);
        assertThat(new String(recorded.request().body(), UTF_8)).isEqualTo("{\"k\":\"KEY\"}");
        assertThat(Exchanges.text(recorded.answer())).isEqualTo("no JSON: KEY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Set-Cookie",
                "WWW-Authenticate",
                "openai-organization",
                "OpenAI-Project",
                "anthropic-organization-id",
                "x-api-key",
                "api-key",
                "Authorization",
                "Connection",
                "Transfer-Encoding",
                "Content-Length",
                "Date",
                "Server",
                "Via",
                "alt-svc",
                "CF-RAY",
                "cf-cache-status",
                "x-envoy-upstream-service-time",
                "NEL",
                "report-to",
                "strict-transport-security",
                "x-request-id",
                "request-id",
                "apim-request-id",
                "x-amzn-RequestId",
                "x-ms-client-request-id",
                "openai-processing-ms",
                "x-ratelimit-remaining-tokens",
                "x-ratelimit-reset-requests",
                "anthropic-ratelimit-tokens-remaining",
                "x-litellm-call-id"
            })
    void leavesOutHeadersThatTellOnesSecretsOrNothing(String name) {
        assertThat(AnswerHeaders.kept(headers(name, "1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type", "retry-after", "retry-after-ms", "x-should-retry", "x-litellm-response-cost",
                "Content-Encoding", "openai-version", "openai-model", "x-ratelimit-limit-tokens", "Location",
                "x-amzn-bedrock-input-token-count", "x-litellm-model-id"
            })
    void keepsHeadersThatClientsActUpon(String name) {
        assertThat(AnswerHeaders.kept(headers(name, "1"))).hasSize(1);
    }

    private Cassette cassette(CassetteRules rules) {
        return recording.cassette("test", null, rules, Map.of());
    }

    static void record(Recording recording, HttpExchange.Request request, String body) {
        answer(recording.begin(request), body);
    }

    private static void answer(Recording.Exchange exchange, String body) {
        exchange.answered(new HttpExchange.Response(200, JSON));
        byte[] bytes = body.getBytes(UTF_8);
        exchange.passed(bytes, 0, bytes.length);
        exchange.ended(false);
    }
}
