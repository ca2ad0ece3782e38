package io.github.llmbudget.wire;

import static io.github.llmbudget.wire.Answers.filtered;
import static io.github.llmbudget.wire.Answers.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamUsageTests {

    private static final WireFormats FORMATS = WireFormats.all();

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/completions"})
    void asksForUsageAndKeepsTheRestOfTheRequest(String path) {
        String body = """
                {"model":"gpt-4o","stream":true,"stream_options":{"include_obfuscation":false,"include_usage":false},
                 "temperature":0.10,"seed":12345678901234567890,"stop":null,"user":"<b>\\u00e9</b>","n":1e0}""";
        PreparedRequest prepared = prepare(path, body);

        JsonObject expected = JsonParser.parseString(body).getAsJsonObject();
        expected.getAsJsonObject("stream_options").addProperty("include_usage", true);
        String sent = new String(prepared.request().body(), UTF_8);
        assertThat(JsonParser.parseString(sent)).isEqualTo(expected);
        assertThat(sent).contains("0.10", "12345678901234567890", "\"stop\":null", "<b>é</b>", "1e0");
        assertThat(prepared.request().path()).isEqualTo(path);
        assertThat(prepared.filter().get()).isInstanceOf(UsageChunkFilter.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"stream_options\":null", ",\"stream_options\":5"})
    void asksForUsageWhereNoOptionsAreGiven(String options) {
        PreparedRequest prepared = prepare("/v1/chat/completions", "{\"stream\":true" + options + "}");

        assertThat(JsonParser.parseString(new String(prepared.request().body(), UTF_8)))
                .isEqualTo(JsonParser.parseString("{\"stream\":true,\"stream_options\":{\"include_usage\":true}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"stream\":true, \"stream_options\":{\"include_usage\":true}}",
                "{\"stream\":false}",
                "{\"stream\":null}",
                "{ }",
                "no json"
            })
    void leavesARequestAloneThatAskedItselfOrIsNoStream(String body) {
        HttpExchange.Request request = post("/v1/chat/completions", body);
        PreparedRequest prepared = FORMATS.find(request).orElseThrow().prepare(request);

        assertThat(prepared.request()).isSameAs(request);
        assertThat(prepared.filter().get()).isSameAs(ResponseFilter.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/deployments/gpt/chat/completions?api-version=2024-08-01-preview",
                "/openai/deployments/gpt/chat/completions?api-version=2024-02-01",
                "/openai/deployments/gpt/completions?x=1&api-version=2023-05-15"
            })
    void doesNotAskAVersionOfAzureThatRefusesTheOption(String path) {
        HttpExchange.Request request = post(path, "{\"stream\":true}");
        PreparedRequest prepared = FORMATS.find(request).orElseThrow().prepare(request);

        assertThat(prepared.request()).isSameAs(request);
        assertThat(prepared.filter().get()).isSameAs(ResponseFilter.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-09-01-preview", "2024-10-21", "2025-04-01-preview", "preview", "latest", "1"})
    void asksLaterVersionsOfAzure(String version) {
        PreparedRequest prepared =
                prepare("/openai/deployments/gpt/chat/completions?api-version=" + version, "{\"stream\":true}");

        assertThat(new String(prepared.request().body(), UTF_8)).contains("include_usage");
    }

    @ParameterizedTest
    @CsvSource({"api.mistral.ai, false", "api.perplexity.ai, false", "api.openai.com, true", "127.0.0.1, true", ", true"
    })
    void asksNoServiceThatReportsAnywayAndHasNoSuchOption(@Nullable String host, boolean asked) {
        byte[] body = "{\"stream\":true}".getBytes(UTF_8);
        HttpExchange.Request request = new HttpExchange.Request("POST", "/v1/chat/completions", List.of(), body, host);
        PreparedRequest prepared = FORMATS.find(request).orElseThrow().prepare(request);

        assertThat(new String(prepared.request().body(), UTF_8).contains("include_usage"))
                .isEqualTo(asked);
        assertThat(prepared.filter().get() == ResponseFilter.NONE).isEqualTo(!asked);
        assertThat(prepared.request().host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses", "/v1/embeddings", "/v1/images/generations"})
    void leavesOtherOperationsAlone(String path) {
        HttpExchange.Request request = post(path, "{\"stream\":true}");

        assertThat(FORMATS.find(request).orElseThrow().prepare(request).request())
                .isSameAs(request);
    }

    @Property(tries = 500)
    void showsTheClientTheStreamOfOneWhoDidNotAsk(
            @ForAll("streams") Streams streams,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 120) Integer> pieces) {
        int[] lengths = pieces.stream().mapToInt(Integer::intValue).toArray();

        byte[] seen = filtered(new UsageChunkFilter(), streams.asked.getBytes(UTF_8), lengths);

        assertThat(new String(seen, UTF_8)).isEqualTo(streams.unasked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void showsTheClientTheStreamOfOneWhoDidNotAskByteByByteAndInOneRead(String lineEnd) {
        Streams streams = streams(List.of("Hello", " there"), lineEnd, true);

        assertThat(filtered(new UsageChunkFilter(), streams.asked.getBytes(UTF_8), 1))
                .isEqualTo(streams.unasked.getBytes(UTF_8));
        assertThat(filtered(new UsageChunkFilter(), streams.asked.getBytes(UTF_8), Integer.MAX_VALUE))
                .isEqualTo(streams.unasked.getBytes(UTF_8));
    }

    @Test
    void handsEachEventOnWithItsLastByte() throws IOException {
        UsageChunkFilter filter = new UsageChunkFilter();
        List<String> client = new ArrayList<>();
        String event = "data: {\"choices\":[{\"delta\":{}}]}\n\n";
        for (int i = 0; i < event.length(); i++) {
            assertThat(client).isEmpty();
            filter.accept(
                    event.getBytes(UTF_8),
                    i,
                    1,
                    (bytes, offset, length) -> client.add(new String(bytes, offset, length, UTF_8)));
        }

        assertThat(client).containsExactly(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"no\"}}",
                "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\":null,\"}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":1}}\n\n",
                "data: \"usage\"\n\n",
                "data: {\"usage\": broken\n\n",
                "data: {\"choices\":[]}\n\n",
                ": comment\n\ndata: [DONE]",
                "data: \u00e9\uD83D\uDE00"
            })
    void leavesAloneWhatItDidNotPutThere(String body) {
        for (int piece : new int[] {1, 7, Integer.MAX_VALUE}) {
            assertThat(new String(filtered(new UsageChunkFilter(), body.getBytes(UTF_8), piece), UTF_8))
                    .isEqualTo(body);
        }
    }

    @Test
    void holdsNoLongEventBack() throws IOException {
        UsageChunkFilter filter = new UsageChunkFilter();
        byte[] part = "x".repeat(8192).getBytes(UTF_8);
        long[] seen = {0};
        int parts = 10_000;
        filter.accept("data: {\"image\":\"".getBytes(UTF_8), 0, 16, (bytes, offset, length) -> seen[0] += length);
        for (int i = 0; i < parts; i++) {
            filter.accept(part, 0, part.length, (bytes, offset, length) -> seen[0] += length);
            assertThat(seen[0]).isGreaterThan((long) (i - 8) * part.length);
        }
        byte[] end = "\"}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\n".getBytes(UTF_8);
        filter.accept(end, 0, end.length, (bytes, offset, length) -> seen[0] += length);

        assertThat(seen[0]).as("all but the usage chunk").isEqualTo(16 + (long) parts * part.length + 4);
    }

    private record Streams(String asked, String unasked) {}

    @Provide
    Arbitrary<Streams> streams() {
        return Arbitraries.of("Hello", " there", "\u00e9", "\uD83D\uDE00", "\\\"usage\\\":null,", "\\n", "")
                .list()
                .ofMaxSize(5)
                .flatMap(texts -> Arbitraries.of("\n", "\r\n", "\r")
                        .flatMap(lineEnd ->
                                Arbitraries.of(true, false).map(usageLast -> streams(texts, lineEnd, usageLast))));
    }

    /** Builds the stream that the service sends when it is asked for usage, and when it is not. */
    private static Streams streams(List<String> texts, String lineEnd, boolean usageLast) {
        StringBuilder asked = new StringBuilder();
        StringBuilder unasked = new StringBuilder();
        for (String text : texts) {
            String head = "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]";
            String tail = usageLast ? "}" : ",\"obfuscation\":\"x\"}";
            asked.append(head).append(",\"usage\":null").append(tail).append("\n\n");
            unasked.append(head).append(tail).append("\n\n");
        }
        asked.append(
                "data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n");
        asked.append("data: [DONE]\n\n");
        unasked.append("data: [DONE]\n\n");
        return new Streams(
                asked.toString().replace("\n", lineEnd), unasked.toString().replace("\n", lineEnd));
    }

    private static PreparedRequest prepare(String path, String body) {
        HttpExchange.Request request = post(path, body);
        return FORMATS.find(request).orElseThrow().prepare(request);
    }
}
