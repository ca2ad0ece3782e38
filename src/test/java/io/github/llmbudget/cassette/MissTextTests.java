package io.github.llmbudget.cassette;

import static io.github.llmbudget.cassette.Exchanges.answer;
import static io.github.llmbudget.cassette.Exchanges.answering;
import static io.github.llmbudget.cassette.Exchanges.ask;
import static io.github.llmbudget.cassette.Exchanges.cassette;
import static io.github.llmbudget.cassette.Exchanges.chat;
import static io.github.llmbudget.cassette.Exchanges.exchange;
import static io.github.llmbudget.cassette.Exchanges.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.testing.Golden;
import io.github.llmbudget.wire.HttpExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MissTextTests {

    private static final String PROMPT = IntStream.rangeClosed(1, 30)
            .mapToObj(line -> "Rule " + line + " of the house: be kind to guest number " + line + ".")
            .collect(Collectors.joining("\n"));

    @Test
    void showsTheOneLineOfALongPromptThatDiffers() {
        assertMessage(
                miss(
                        cassette(
                                exchange(chat(body("gpt-4o", "short", "b")), answer("{}")),
                                exchange(chat(body("gpt-4o", PROMPT, "Where is my refund?")), answer("{}"))),
                        chat(body(
                                "gpt-4o",
                                PROMPT.replace("guest number 17", "guest number 71"),
                                "Where is my refund?"))),
                "cassette-miss-long-prompt.txt");
    }

    @Test
    void showsSeveralDifferences() {
        assertMessage(
                miss(
                        cassette(exchange(
                                chat(
                                        "{\"model\":\"m\",\"temperature\":0.0,\"tools\":[{\"name\":\"a\",\"strict\":true}],"
                                                + "\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\","
                                                + "\"content\":\"Hello\"}],\"zoo\":[1,2,3,4,5,6,7,8,9]}"),
                                answer("{}"))),
                        chat("{\"model\":\"m\",\"top_p\":1,\"tools\":[{\"name\":\"b\",\"strict\":true}],"
                                + "\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"assistant\","
                                + "\"content\":\"Hi\"},{\"role\":\"user\",\"content\":\"Hello\"}],"
                                + "\"zoo\":[1,2,3,4,5,6,7,8]}")),
                "cassette-miss-several.txt");
    }

    @Test
    void cutsVeryLongLinesAroundTheDifference() {
        String image = "data:image/png;base64," + "iVBORw0KGgo".repeat(500);
        assertMessage(
                miss(
                        cassette(exchange(chat(body("m", image, "x")), answer("{}"))),
                        chat(body(
                                "m",
                                new StringBuilder(image)
                                        .replace(3000, 3001, "!")
                                        .toString(),
                                "x"))),
                "cassette-miss-long-line.txt");
    }

    @Test
    void foldsWhatDiffersInEveryLine() {
        String one = IntStream.range(0, 60).mapToObj(line -> "one " + line).collect(Collectors.joining("\n"));
        String other = IntStream.range(0, 50).mapToObj(line -> "other " + line).collect(Collectors.joining("\n"));
        assertMessage(
                miss(cassette(exchange(post("/v1/text", one), answer("{}"))), post("/v1/text", other)),
                "cassette-miss-everything.txt");
    }

    @Test
    void saysThatEveryAnswerIsUsedUp() {
        Playback playback = new Playback(answering("a", "a", "b"), CassetteRules.NONE);
        for (int i = 0; i < 13; i++) {
            playback.take(ask("a"));
        }
        playback.take(ask("b"));
        playback.take(ask("b"));
        List<CassetteMiss> misses = playback.misses();
        assertMessage(
                List.of(misses.get(0), misses.get(misses.size() - 2), misses.get(misses.size() - 1)),
                "cassette-miss-used-up.txt");
    }

    @Test
    void saysThatOnlyTheModelDiffers() {
        assertThat(miss(
                                cassette(exchange(chat(body("gpt-4o", "p", "q")), answer("{}"))),
                                chat(body("gpt-4o-mini", "p", "q")))
                        .describe())
                .isEqualTo("POST /v1/chat/completions, model gpt-4o-mini\n"
                        + "  exchange #1 differs in its model only: recorded gpt-4o, sent gpt-4o-mini");
    }

    @Test
    void saysThatOnlyTheAddressDiffers() {
        assertThat(miss(
                                answering("a"),
                                post("/v1/chat", new String(ask("a").body(), java.nio.charset.StandardCharsets.UTF_8)))
                        .describe())
                .isEqualTo("POST /v1/chat, model gpt-4o\n"
                        + "  exchange #1 has the same body, but was recorded as POST /v1/chat/completions");
    }

    @Test
    void saysThatNothingIsRecordedForThePath() {
        List<RecordedExchange> exchanges = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            exchanges.add(exchange(post("/v1/path" + i % 7, "{\"i\":" + i + "}"), answer("{}")));
        }
        assertThat(miss(new Cassette("test", null, exchanges), chat("{}")).describe())
                .isEqualTo("POST /v1/chat/completions\n"
                        + "  nothing is recorded for POST /v1/chat/completions; the cassette has 2 of POST /v1/path0,"
                        + " 1 of POST /v1/path1, 1 of POST /v1/path2, 1 of POST /v1/path3, 1 of POST /v1/path4,"
                        + " and 2 more paths");
    }

    @Test
    void saysThatNothingIsRecordedAtAll() {
        assertThat(miss(cassette(), chat("{}")).describe())
                .isEqualTo("POST /v1/chat/completions\n  nothing is recorded: the cassette is empty");
    }

    @Test
    void showsOnlyWhatIsLeftOfARedactedRequest() {
        CassetteRules rules = CassetteRules.of(List.of("$.id"), List.of("$.user"), List.of("\\d{4} \\d{4}"), null);
        Playback playback = new Playback(
                cassette(exchange(chat("{\"user\":\"REDACTED\",\"n\":1,\"t\":\"REDACTED\"}"), answer("{}"))), rules);
        playback.take(chat("{\"user\":\"Ann\",\"id\":\"secret\",\"n\":2,\"t\":\"1234 5678\"}"));
        assertThat(playback.misses().get(0).describe()).contains("- ", "+ ").doesNotContain("Ann", "secret", "1234");
    }

    @Test
    void findsTheNearestOfTenThousandSoon() {
        Random random = new Random(1);
        String[] questions = IntStream.range(0, 10_000)
                .mapToObj(number -> "Question " + number + ": " + words(random, 150))
                .toArray(String[]::new);
        Playback playback = new Playback(answering(questions), CassetteRules.NONE);
        playback.take(ask(questions[7_654].replace("Question 7654", "Question X")));
        long began = System.nanoTime();
        String text = playback.misses().get(0).describe();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(text).contains("exchange #7655, the nearest of 10000");
    }

    @Test
    void comparesBodiesOfAMegabyteSoon() {
        Random random = new Random(2);
        String vectors = "["
                + IntStream.range(0, 100_000)
                        .mapToObj(i -> String.valueOf(random.nextInt()))
                        .collect(Collectors.joining(","))
                + "]";
        String others = "["
                + IntStream.range(0, 100_000)
                        .mapToObj(i -> String.valueOf(random.nextInt()))
                        .collect(Collectors.joining(","))
                + "]";
        long began = System.nanoTime();
        String text = miss(cassette(exchange(chat(vectors), answer("{}"))), chat(others))
                .describe();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(text.lines().count()).isLessThan(60);
    }

    private static String words(Random random, int count) {
        return random.ints(count, 0, 5000).mapToObj(word -> "w" + word).collect(Collectors.joining(" "));
    }

    private static String body(String model, String system, String user) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"system\",\"content\":" + JsonText.quoted(system)
                + "},{\"role\":\"user\",\"content\":" + JsonText.quoted(user) + "}],\"temperature\":0.2}";
    }

    private static CassetteMiss miss(Cassette cassette, HttpExchange.Request request) {
        Playback playback = new Playback(cassette, CassetteRules.NONE);
        assertThat(playback.take(request)).isEmpty();
        return playback.misses().get(0);
    }

    private static void assertMessage(CassetteMiss miss, String file) {
        assertMessage(List.of(miss), file);
    }

    private static void assertMessage(List<CassetteMiss> misses, String file) {
        Golden.assertMatches(misses.stream().map(CassetteMiss::describe).collect(Collectors.joining("\n")), file);
    }
}
