package io.github.llmbudget.cassette;

import static io.github.llmbudget.cassette.Exchanges.EVENTS;
import static io.github.llmbudget.cassette.Exchanges.JSON;
import static io.github.llmbudget.cassette.Exchanges.answer;
import static io.github.llmbudget.cassette.Exchanges.cassette;
import static io.github.llmbudget.cassette.Exchanges.chat;
import static io.github.llmbudget.cassette.Exchanges.chunk;
import static io.github.llmbudget.cassette.Exchanges.exchange;
import static io.github.llmbudget.cassette.Exchanges.headers;
import static io.github.llmbudget.cassette.Exchanges.stream;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.testing.Golden;
import io.github.llmbudget.wire.HttpExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read again: every byte, every border, every time. */
class RoundTripTests {

    private static final List<HttpExchange.Header> LINES = headers("Content-Type", "application/x-ndjson");

    @Property(tries = 500)
    void keepsEveryByteAndBorderOfAStream(@ForAll("streams") List<RecordedAnswer.Chunk> chunks) {
        assertKept(new RecordedAnswer(200, EVENTS, chunks, true));
        assertKept(new RecordedAnswer(200, LINES, chunks, false));
    }

    /** The byte 0xFF is -1 where bytes have a sign, which is an end to whoever looks for one. */
    @Test
    void keepsAByteThatLooksLikeAnEnd() {
        byte[] line = "{\"a\": 1}\u00ff{\"a\":1}\n".getBytes(ISO_8859_1);
        assertKept(new RecordedAnswer(200, LINES, List.of(new RecordedAnswer.Chunk(Duration.ZERO, line)), false));
        assertKept(new RecordedAnswer(200, JSON, List.of(new RecordedAnswer.Chunk(Duration.ZERO, line)), false));
    }

    @Property(tries = 500)
    void keepsEveryByteOfABody(@ForAll("bodies") byte[] body) {
        assertKept(new RecordedAnswer(200, JSON, List.of(new RecordedAnswer.Chunk(Duration.ofMillis(7), body)), false));
    }

    @Provide
    Arbitrary<List<RecordedAnswer.Chunk>> streams() {
        Arbitrary<byte[]> pieces = Arbitraries.of(
                        "data: ",
                        "data:",
                        "event: x\n",
                        "event:x\n",
                        "\n",
                        "\n\n",
                        "\r\n",
                        "\r\n\r\n",
                        "\r",
                        ": c\n\n",
                        "id: 7\n",
                        "{\"a\": 1}",
                        "{\"a\":[1,2.50,-0e5,\"\\u00e9\"]}",
                        "[DONE]",
                        " ",
                        "{\"ü€😀\":null}",
                        "\"",
                        "{",
                        "}",
                        "[]",
                        "{\"a\":1}\n",
                        "data: {\"b\":true}\n\n",
                        "data: [DONE]\r\n\r\n",
                        "data:{\"c\":{}}\n\n",
                        "\u00ff",
                        "\u0000",
                        "\u2028")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts).getBytes(UTF_8));
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(9);
        return Combinators.combine(
                        Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, pieces), net.jqwik.api.Tuple.of(1, any)),
                        Arbitraries.longs().between(0, 3_000_000))
                .as((bytes, micros) -> new RecordedAnswer.Chunk(Duration.ofNanos(micros * 1000), bytes))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<byte[]> pieces = Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\n",
                        "  ",
                        ",",
                        ":",
                        "\"a\"",
                        "\"a\": ",
                        "1",
                        "-1.50e+7",
                        "null",
                        "true",
                        "\"\\u00e9\\/\"",
                        "\"é\"",
                        "{}",
                        "[]",
                        "[\n  ",
                        "{\n  \"a\": 1\n}",
                        "\ufeff",
                        "\r\n",
                        "\t",
                        "\\")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts).getBytes(UTF_8));
        return Arbitraries.oneOf(pieces, Arbitraries.bytes().array(byte[].class).ofMaxSize(40));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,{\"b\":[]}],\"c\":{}}",
                "{\"a\":[1,{\"b\":[]}],\"c\":{}}\n",
                "{\"a\": [1, {\"b\": []}], \"c\": {}}",
                "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}",
                "{\n  \"a\": [\n    1,\n    2\n  ]\n}\n",
                "{\n    \"a\": [\n        1\n    ]\n}",
                "{\n\t\"a\": 1\n}\n",
                "{\"a\":1.0,\"b\":1e5,\"c\":-0,\"d\":123456789012345678901234567890,\"a\":2}",
                "{\"a\":\"\\u00e9\\/\\ud800 é\"}",
                "[]",
                "[0.1,0.2]"
            })
    void writesJsonOfUsualLayoutsAsJson(String body) {
        assertThat(written(answer(body))).contains("\"body\": ");
        assertKept(answer(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " {}",
                "{ \"a\":1}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{'a':1}",
                "\"a\"",
                "12",
                "null",
                "{}{}",
                "\ufeff{}",
                "{\"a\":1}\r\n",
                "{\"a\":NaN}",
                "{\"a\":\"\t\"}",
                "no JSON"
            })
    void writesWhatIsNotQuiteSuchJsonAsText(String body) {
        assertThat(written(answer(body))).contains("\"text\": ").doesNotContain("\"body\": {}", "base64");
        assertKept(answer(body));
    }

    @Test
    void writesJsonThatIsNestedTooDeeplyAsText() {
        assertThat(written(answer("[".repeat(235) + "]".repeat(235)))).contains("\"body\": ");
        assertKept(answer("[".repeat(235) + "]".repeat(235)));
        assertThat(written(answer("[".repeat(100_000) + "]".repeat(100_000)))).contains("\"text\": ");
        assertKept(answer("[".repeat(100_000) + "]".repeat(100_000)));
    }

    @Test
    void writesBytesThatAreNoTextInBase64() {
        RecordedAnswer speech = new RecordedAnswer(
                200,
                headers("Content-Type", "audio/mpeg"),
                List.of(new RecordedAnswer.Chunk(Duration.ZERO, "ÿû".getBytes(ISO_8859_1))),
                false);
        assertThat(written(speech)).contains("\"base64\": \"//s=\"");
        assertKept(speech);
    }

    @Test
    void keepsAPackedStreamInOnePiece() {
        RecordedAnswer packed = new RecordedAnswer(
                200,
                headers("Content-Type", "text/event-stream", "Content-Encoding", "gzip"),
                List.of(chunk(1000, "data: 1\n\n"), chunk(2000, "data: 2\n\n")),
                false);
        assertThat(packed.chunks()).hasSize(1);
        assertKept(packed);
    }

    @Test
    void setsChunksApartThatCameAtOnce() {
        RecordedAnswer answer = new RecordedAnswer(
                200,
                EVENTS,
                List.of(chunk(5, "data: 1\n\n"), chunk(5, "data: 2\n\n"), chunk(5, ""), chunk(3, "data: 3\n\n")),
                false);
        assertThat(answer.chunks()).extracting(chunk -> Micros.of(chunk.at())).containsExactly(5L, 6L, 7L);
        assertKept(answer);
    }

    @Test
    void isReadByPeople() {
        HttpExchange.Request speech = new HttpExchange.Request(
                "POST", "/v1/audio/transcriptions?key=secret&a=1", headers("content-type", "text/plain"), new byte[] {-1
                });
        HttpExchange.Request list = new HttpExchange.Request("GET", "/v1/models", List.of(), new byte[0]);
        Golden.assertMatches(
                new String(
                        CassetteWriter.write(cassette(
                                exchange(
                                        chat(
                                                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Wo ist"
                                                        + " Köln?\"}],\"temperature\":0.0}"),
                                        answer("{\n  \"id\": \"chatcmpl-1\",\n  \"embedding\": [\n    0.1,\n    -2e-5\n"
                                                + "  ],\n  \"tools\": []\n}\n")),
                                exchange(
                                        chat("{\"model\":\"gpt-4o\",\"stream\":true}"),
                                        stream(
                                                "data: {\"id\":\"chatcmpl-1\",\"delta\":\"Köln \"}\n\ndata: {\"id\": 2}\n\n",
                                                ": still there\n\nevent: response.output_text.delta\ndata: {\"del",
                                                "ta\":\"liegt\"}\n\n",
                                                "data: [DONE]\n\n")),
                                exchange(
                                        chat("{\"stream\":true}"),
                                        new RecordedAnswer(
                                                200,
                                                EVENTS,
                                                List.of(chunk(12, "data: {\"a\":1}\r\n\r\ndata: {\"b")),
                                                true)),
                                exchange(
                                        chat("{\"stream\":true}"),
                                        new RecordedAnswer(
                                                200, LINES, List.of(chunk(12, "{\"a\":1}\n{\"b\": 2}\n")), false)),
                                exchange(speech, answer("plain\ntext")),
                                exchange(
                                        list,
                                        new RecordedAnswer(
                                                429,
                                                headers("retry-after", "2", "x-a", "1", "x-a", "2"),
                                                List.of(),
                                                false)))),
                        UTF_8),
                "cassette.json");
    }

    static void assertKept(RecordedAnswer answer) {
        Cassette cassette = cassette(exchange(chat("{\"a\": [1]}"), answer));
        byte[] file = CassetteWriter.write(cassette);
        Cassette read = CassetteReader.read(file, "cassette");
        RecordedAnswer kept = read.exchanges().get(0).answer();

        assertThat(kept.status()).isEqualTo(answer.status());
        assertThat(kept.headers()).isEqualTo(answer.headers());
        assertThat(kept.cut()).isEqualTo(answer.cut());
        assertThat(printed(kept)).isEqualTo(printed(answer));
        assertThat(new String(CassetteWriter.write(read), UTF_8)).isEqualTo(new String(file, UTF_8));
    }

    private static List<String> printed(RecordedAnswer answer) {
        List<String> printed = new ArrayList<>();
        answer.chunks().forEach(chunk -> printed.add(chunk.at() + " " + new String(chunk.bytes(), ISO_8859_1)));
        return printed;
    }

    private static String written(RecordedAnswer answer) {
        return new String(CassetteWriter.write(cassette(exchange(chat("no JSON"), answer))), UTF_8);
    }
}
