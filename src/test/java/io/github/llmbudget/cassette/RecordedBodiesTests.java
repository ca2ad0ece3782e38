package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.wire.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Puts all answers that real services gave, see {@code src/test/resources/traffic}, through a cassette. */
class RecordedBodiesTests {

    private static final List<RecordedExchange> EXCHANGES = exchanges();

    @Test
    void keepsEveryByteAndBorder() {
        assertThat(EXCHANGES).hasSizeGreaterThan(500);
        for (RecordedExchange exchange : EXCHANGES) {
            RoundTripTests.assertKept(exchange.answer());
        }
    }

    @Test
    void answersEveryRequestFromTheFile() {
        Cassette read = CassetteReader.read(CassetteWriter.write(new Cassette("test", null, EXCHANGES)), "all");
        Playback playback = new Playback(read, CassetteRules.NONE);
        for (RecordedExchange exchange : EXCHANGES) {
            RecordedRequest request = exchange.request();
            List<HttpExchange.Header> headers = request.contentType() == null
                    ? List.of()
                    : Exchanges.headers("Content-Type", request.contentType());
            assertThat(playback.take(
                            new HttpExchange.Request(request.method(), request.path(), headers, request.body())))
                    .map(found -> found.answer().body())
                    .hasValue(exchange.answer().body());
        }
        assertThat(playback.unused()).isEmpty();
    }

    @Test
    void showsNearlyAllOfThemAsJson() {
        int json = 0;
        int whole = 0;
        int events = 0;
        int shown = 0;
        for (RecordedExchange exchange : EXCHANGES) {
            RecordedAnswer answer = exchange.answer();
            String file = new String(CassetteWriter.write(new Cassette("test", null, List.of(exchange))), UTF_8);
            String written = file.substring(file.indexOf("\"answer\""));
            if (answer.stream() != StreamKind.NONE) {
                events += StreamEvent.of(answer.chunks(), answer.stream()).size();
                shown += written.split("\"(?:data|line)\": ", -1).length - 1;
            } else if (isJson(answer.body())) {
                whole++;
                json += written.contains("\n        \"body\": ") ? 1 : 0;
            }
        }
        System.out.println("JSON answers shown as JSON: " + json + " of " + whole + "; events shown with their data: "
                + shown + " of " + events);
        assertThat(json).isGreaterThan(whole * 95 / 100);
        assertThat(shown).isGreaterThan(events * 95 / 100);
    }

    private static boolean isJson(byte[] body) {
        return JsonCursor.isObjectOrArray(body, 0, body.length);
    }

    @Test
    void findsNoSecretsInThem() {
        new SecretScan(CassetteRules.NONE, Set.of()).check(new Cassette("test", null, EXCHANGES));
    }

    private static List<RecordedExchange> exchanges() {
        List<RecordedExchange> exchanges = new ArrayList<>();
        Random random = new Random(5);
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/traffic"))) {
            for (Path file : files.filter(name -> name.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file, UTF_8)) {
                    exchanges.add(exchange(JsonParser.parseString(line).getAsJsonObject(), random));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return exchanges;
    }

    private static RecordedExchange exchange(JsonObject recording, Random random) {
        String path = text(recording, "url").replaceFirst("#.*", "").replaceFirst("(https?://)?[^/]+", "");
        List<HttpExchange.Header> headers = new ArrayList<>();
        if (recording.get("response_headers") instanceof JsonObject object) {
            object.entrySet()
                    .forEach(header -> headers.add(new HttpExchange.Header(
                            header.getKey(),
                            header.getValue().isJsonPrimitive()
                                    ? header.getValue().getAsString()
                                    : "")));
        }
        byte[] body = text(recording, "response_body_b64").isEmpty()
                ? text(recording, "response_body").getBytes(UTF_8)
                : Base64.getDecoder().decode(text(recording, "response_body_b64"));
        List<RecordedAnswer.Chunk> chunks = new ArrayList<>();
        for (int from = 0; from < body.length; ) {
            int to = Math.min(body.length, from + 1 + random.nextInt(400));
            chunks.add(new RecordedAnswer.Chunk(
                    Duration.ofNanos(1000L * (from + random.nextInt(3))),
                    java.util.Arrays.copyOfRange(body, from, to)));
            from = to;
        }
        return new RecordedExchange(
                Exchanges.BEGUN,
                RecordedRequest.of(new HttpExchange.Request(
                        text(recording, "method"),
                        path,
                        List.of(),
                        text(recording, "request_body").getBytes(UTF_8))),
                new RecordedAnswer(
                        recording.get("http_status").getAsInt(), AnswerHeaders.kept(headers), chunks, false));
    }

    private static String text(JsonObject recording, String name) {
        JsonElement value = recording.get(name);
        return value == null || value.isJsonNull()
                ? ""
                : value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }
}
