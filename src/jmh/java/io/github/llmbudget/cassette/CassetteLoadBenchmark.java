package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.llmbudget.wire.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to load a cassette of ten thousand exchanges from its file, and to find answers in it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CassetteLoadBenchmark {

    private static final int EXCHANGES = 10_000;
    private static final String TEST = "SupportBotTest.answers";
    private static final String NAME = "SupportBotTest/answers";

    /** Whether the answers are streams. */
    @Param({"false", "true"})
    private boolean streams;

    private Path directory;
    private CassetteStore store;
    private Cassette cassette;
    private HttpExchange.Request first;
    private HttpExchange.Request last;

    /** Writes the cassette. */
    @Setup(Level.Trial)
    public void write() throws IOException {
        directory = Files.createTempDirectory("cassettes");
        store = new CassetteStore(directory, CassetteLoadBenchmark.class.getClassLoader(), CassetteStore.DIRECTORY);
        first = request(0);
        last = request(EXCHANGES - 1);
        cassette = new Cassette(TEST, "api.openai.com", exchanges());
        Path file = store.file(NAME);
        Files.createDirectories(file.getParent());
        Files.write(file, CassetteWriter.write(cassette));
    }

    private List<RecordedExchange> exchanges() {
        List<RecordedExchange> exchanges = new ArrayList<>();
        for (int i = 0; i < EXCHANGES; i++) {
            exchanges.add(new RecordedExchange(
                    Instant.parse("2026-11-27T10:00:00Z").plusMillis(i),
                    RecordedRequest.of(request(i)),
                    streams ? stream(i) : answer(i)));
        }
        return exchanges;
    }

    private static HttpExchange.Request request(int number) {
        String body = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"" + words(1, 90)
                + "\"},{\"role\":\"user\",\"content\":\"Question " + number + ": " + words(number, 50)
                + "\"}],\"temperature\":0.2,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"refund\","
                + "\"parameters\":{\"type\":\"object\",\"properties\":{\"order\":{\"type\":\"string\"}}}}}]}";
        return new HttpExchange.Request(
                "POST",
                "/v1/chat/completions",
                List.of(new HttpExchange.Header("Content-Type", "application/json")),
                body.getBytes(UTF_8));
    }

    private static RecordedAnswer answer(int number) {
        String body =
                "{\n  \"id\": \"chatcmpl-" + number + "\",\n  \"object\": \"chat.completion\",\n  \"choices\": [\n"
                        + "    {\n      \"index\": 0,\n      \"message\": {\n        \"role\": \"assistant\",\n"
                        + "        \"content\": \"" + words(number + 7, 100)
                        + "\"\n      },\n      \"finish_reason\": \"stop\"\n"
                        + "    }\n  ],\n  \"usage\": {\n    \"prompt_tokens\": 300,\n    \"completion_tokens\": 100,\n"
                        + "    \"total_tokens\": 400\n  }\n}\n";
        return new RecordedAnswer(
                200,
                List.of(new HttpExchange.Header("Content-Type", "application/json")),
                List.of(new RecordedAnswer.Chunk(Duration.ofMillis(812), body.getBytes(UTF_8))),
                false);
    }

    private static RecordedAnswer stream(int number) {
        List<RecordedAnswer.Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String event = "data: {\"id\":\"chatcmpl-" + number
                    + "\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + words(number + i, 5) + "\"}}]}\n\n";
            chunks.add(new RecordedAnswer.Chunk(Duration.ofMillis(400 + 17L * i), event.getBytes(UTF_8)));
        }
        return new RecordedAnswer(
                200, List.of(new HttpExchange.Header("Content-Type", "text/event-stream")), chunks, false);
    }

    private static String words(int seed, int count) {
        Random random = new Random(seed);
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append((char) ('a' + random.nextInt(26)))
                    .append("word")
                    .append(random.nextInt(1000))
                    .append(' ');
        }
        return words.toString();
    }

    /** Loads the cassette, and answers the first request, as a test begins. */
    @Benchmark
    public RecordedExchange loadAndAnswerTheFirst() throws IOException {
        return playback().take(first).orElseThrow();
    }

    /** Loads the cassette, and answers the last request, for which every other one is looked at. */
    @Benchmark
    public RecordedExchange loadAndAnswerTheLast() throws IOException {
        return playback().take(last).orElseThrow();
    }

    /** Looks for secrets in the cassette, and writes it. */
    @Benchmark
    public Path scanAndWrite() throws IOException {
        return store.write("Other/" + streams, cassette, CassetteRules.NONE, Set.of());
    }

    private Playback playback() throws IOException {
        return new Playback(store.read(NAME, TEST).orElseThrow(), CassetteRules.NONE);
    }

    /** Removes the files. */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
