package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.llmbudget.wire.HttpExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds exchanges for tests. */
final class Exchanges {

    static final Instant BEGUN = Instant.parse("2026-11-27T10:00:00.123Z");
    static final List<HttpExchange.Header> JSON = headers("Content-Type", "application/json");
    static final List<HttpExchange.Header> EVENTS = headers("Content-Type", "text/event-stream");
    static final String CHAT = "/v1/chat/completions";

    private Exchanges() {}

    static List<HttpExchange.Header> headers(String... namesAndValues) {
        List<HttpExchange.Header> headers = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(new HttpExchange.Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return headers;
    }

    static HttpExchange.Request post(String path, String body) {
        return new HttpExchange.Request("POST", path, JSON, body.getBytes(UTF_8));
    }

    static HttpExchange.Request chat(String body) {
        return post(CHAT, body);
    }

    static HttpExchange.Request ask(String question) {
        return chat("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":" + JsonText.quoted(question)
                + "}]}");
    }

    static RecordedAnswer answer(String body) {
        return new RecordedAnswer(200, JSON, List.of(chunk(812_400, body)), false);
    }

    static RecordedAnswer stream(String... pieces) {
        List<RecordedAnswer.Chunk> chunks = new ArrayList<>();
        for (String piece : pieces) {
            chunks.add(chunk(1000L * (chunks.size() + 1), piece));
        }
        return new RecordedAnswer(200, EVENTS, chunks, false);
    }

    static RecordedAnswer.Chunk chunk(long micros, String bytes) {
        return new RecordedAnswer.Chunk(Duration.ofNanos(micros * 1000), bytes.getBytes(UTF_8));
    }

    static RecordedExchange exchange(HttpExchange.Request request, RecordedAnswer answer) {
        return new RecordedExchange(BEGUN, RecordedRequest.of(request), answer);
    }

    static Cassette cassette(RecordedExchange... exchanges) {
        return new Cassette("SupportBotTest.answers", "api.openai.com", List.of(exchanges));
    }

    /** A cassette with an answer to each question. */
    static Cassette answering(String... questions) {
        return cassette(Stream.of(questions)
                .map(question -> exchange(ask(question), answer("{\"to\":" + JsonText.quoted(question) + "}")))
                .toArray(RecordedExchange[]::new));
    }

    static String text(RecordedAnswer answer) {
        return new String(answer.body(), UTF_8);
    }
}
