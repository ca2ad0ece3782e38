package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenEstimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Takes the usage out of recorded answers of OpenAI and Azure, reads them, and compares the estimates with what the service
 * had reported.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EstimatesOfRecordingsTests {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
    private static final Set<String> SERVICES = Set.of("openai", "azure");
    private static final Set<String> FAMILIES = Set.of("chat", "completions", "responses", "embeddings");

    private static final String IN_PART = "in part";
    private static final String DOUBTED = "of foreign or unknown models";

    /** For some weeks responses were given a prompt that nobody saw, of 18 to 640 tokens. */
    private static final String SPRING_OF_2025 = "of March and April 2025";

    private static final Instant END_OF_SPRING = Instant.parse("2025-05-01T00:00:00Z");
    private static final Pattern CREATED = Pattern.compile("\"created_at\": ?(\\d+)");
    private static final Pattern LEFT_OUT = Pattern.compile("\\[\\d+ characters left out");
    private static final Pattern IMAGE =
            Pattern.compile("(data:image/[a-z]+;base64,)([A-Za-z0-9+/]+)\\.{3}\\[\\d+ characters left out[^\"\\\\]*");
    private static final Set<String> NOT_KNOWABLE = Set.of(IN_PART, DOUBTED, SPRING_OF_2025);

    private final Map<String, List<Pair>> prompts = new TreeMap<>();
    private final Map<String, List<Pair>> answers = new TreeMap<>();

    /** An estimate and what the service reported. */
    private record Pair(Recording recording, TokenEstimate estimate, long reported) {

        long error() {
            return Math.abs(estimate.value() - reported);
        }

        double relativeError() {
            return (double) error() / Math.max(1, reported);
        }
    }

    @BeforeAll
    void estimateWhatWasReported() {
        for (Recording stored : Recording.all()) {
            Recording recording = withBeginningsOfImages(stored);
            if (!isWhole(recording)) {
                continue;
            }
            LlmCall call = recording.read(withoutUsage(recording), CallStatus.COMPLETE, Answers.WHOLE);
            if (call.inputEstimate() != null) {
                add(prompts, promptCategory(recording, call), recording, call.inputEstimate(), "input");
            }
            if (call.outputEstimate() != null) {
                add(answers, answerCategory(recording, call), recording, call.outputEstimate(), "output");
            }
        }
        print("prompts", prompts);
        print("answers", answers);
    }

    private static void add(
            Map<String, List<Pair>> pairs, String category, Recording recording, TokenEstimate estimate, String count) {
        recording
                .expectedInclusive(count)
                .ifPresent(reported -> pairs.computeIfAbsent(category, key -> new ArrayList<>())
                        .add(new Pair(recording, estimate, reported)));
    }

    private static boolean isWhole(Recording recording) {
        return recording.text("provider").filter(SERVICES::contains).isPresent()
                && recording.text("family").filter(FAMILIES::contains).isPresent()
                && recording.text("billable").filter("yes"::equals).isPresent()
                && recording.text("usage_kind").filter("tokens"::equals).isPresent()
                && !recording.json().get("request_elided").getAsBoolean()
                && !recording.json().get("request_body").isJsonNull();
    }

    /** Of the images in recorded requests the beginnings were kept, which tell their sizes. */
    private static Recording withBeginningsOfImages(Recording recording) {
        String body = recording.json().get("request_body").toString();
        String begun = IMAGE.matcher(body).replaceAll(EstimatesOfRecordingsTests::wholeBytes);
        if (begun.equals(body) || LEFT_OUT.matcher(begun).find()) {
            return recording;
        }
        JsonObject copy = recording.json().deepCopy();
        copy.add("request_body", JsonParser.parseString(begun));
        copy.addProperty("request_elided", false);
        return new Recording(copy);
    }

    private static String wholeBytes(MatchResult image) {
        String base64 = image.group(2);
        return image.group(1) + base64.substring(0, base64.length() / 4 * 4);
    }

    private static byte[] withoutUsage(Recording recording) {
        String body = new String(recording.body(), UTF_8);
        String stripped = body.startsWith("{")
                ? GSON.toJson(without(JsonParser.parseString(body)))
                : body.lines()
                        .map(line -> line.startsWith("data: {")
                                ? "data: " + GSON.toJson(without(JsonParser.parseString(line.substring(6))))
                                : line)
                        .collect(Collectors.joining("\n", "", "\n"));
        return stripped.getBytes(UTF_8);
    }

    private static JsonElement without(JsonElement json) {
        if (json instanceof JsonArray array) {
            array.forEach(EstimatesOfRecordingsTests::without);
        } else if (json instanceof JsonObject object) {
            object.remove("usage");
            object.entrySet().forEach(member -> without(member.getValue()));
        }
        return json;
    }

    private static String promptCategory(Recording recording, LlmCall call) {
        return category(recording, call.inputEstimate())
                .orElseGet(() -> family(recording, call) + promptKind(recording));
    }

    private static String promptKind(Recording recording) {
        JsonElement body = recording.json().get("request_body");
        JsonObject request =
                (body.isJsonPrimitive() ? JsonParser.parseString(body.getAsString()) : body).getAsJsonObject();
        String text = request.toString();
        boolean results = text.contains("function_call_output") || text.contains("tool_call_id");
        if (text.contains("json_schema")) {
            return "schema";
        }
        if (request.has("tools") || request.has("functions")) {
            return results ? "tools and results" : "tools";
        }
        if (results || text.contains("image_url")) {
            return results ? "results" : "images";
        }
        JsonElement items = request.has("messages") ? request.get("messages") : request.get("input");
        return items instanceof JsonArray messages && messages.size() > 2 ? "multi-turn" : "plain";
    }

    private static String answerCategory(Recording recording, LlmCall call) {
        return category(recording, call.outputEstimate()).orElseGet(() -> {
            String body = new String(recording.body(), UTF_8);
            boolean calls = body.matches("(?s).*\"(tool_calls\": ?\\[|function_call\").*");
            return family(recording, call) + (calls ? "calls" : "text");
        });
    }

    private static Optional<String> category(Recording recording, TokenEstimate estimate) {
        String family = recording.text("family").orElseThrow() + " ";
        if (estimate.isPartial()) {
            return Optional.of(family + IN_PART);
        }
        if (!estimate.reasons().isEmpty()) {
            return Optional.of(family + DOUBTED);
        }
        Matcher created = CREATED.matcher(new String(recording.body(), UTF_8));
        boolean early = created.find()
                && Instant.ofEpochSecond(Long.parseLong(created.group(1))).isBefore(END_OF_SPRING);
        return early ? Optional.of(family + SPRING_OF_2025) : Optional.empty();
    }

    private static String family(Recording recording, LlmCall call) {
        return recording.text("family").orElseThrow() + (isReasoning(call) ? " reasoning " : " ");
    }

    private static boolean isReasoning(LlmCall call) {
        return call.model() != null && call.model().matches("(o\\d|gpt-5).*");
    }

    private static void print(String title, Map<String, List<Pair>> pairs) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, "%n%-44s %5s %7s %7s %7s %8s %6s%n", title, "n", "exact", "+-1", "<= 1 %", "mean", "p95"));
        pairs.forEach((category, list) -> table.append(row(category, list)));
        table.append(row("all knowable", knowable(pairs)));
        System.out.println(table);
    }

    private static String row(String category, List<Pair> pairs) {
        return String.format(
                Locale.ROOT,
                "%-44s %5d %5.0f %% %5.0f %% %5.0f %% %6.1f %% %6d%n",
                category,
                pairs.size(),
                100 * exact(pairs),
                100 * withinOne(pairs),
                100
                        * share(
                                pairs.stream()
                                        .filter(pair -> pair.relativeError() <= 0.01)
                                        .count(),
                                pairs),
                100 * meanError(pairs),
                p95(pairs));
    }

    private static List<Pair> knowable(Map<String, List<Pair>> pairs) {
        return pairs.entrySet().stream()
                .filter(category -> !NOT_KNOWABLE.contains(category.getKey().replaceFirst("\\w+ ", "")))
                .flatMap(category -> category.getValue().stream())
                .toList();
    }

    private static double exact(List<Pair> pairs) {
        return share(pairs.stream().filter(pair -> pair.error() == 0).count(), pairs);
    }

    private static double share(long some, List<Pair> all) {
        return (double) some / all.size();
    }

    private static double withinOne(List<Pair> pairs) {
        return share(pairs.stream().filter(pair -> pair.error() <= 1).count(), pairs);
    }

    private static double meanError(List<Pair> pairs) {
        return pairs.stream().mapToDouble(Pair::relativeError).average().orElse(0);
    }

    private static long p95(List<Pair> pairs) {
        List<Long> errors = pairs.stream()
                .map(Pair::error)
                .sorted(Comparator.naturalOrder())
                .toList();
        return errors.isEmpty() ? 0 : errors.get((int) Math.ceil(0.95 * errors.size()) - 1);
    }

    @Test
    void countsPlainChatsExactly() {
        assertThat(exact(matching(prompts, ".* (plain|multi-turn)"))).isGreaterThanOrEqualTo(0.95);
        assertThat(exact(matching(prompts, "completions plain|embeddings plain")))
                .isEqualTo(1);
    }

    @Test
    void countsImagesExactly() {
        assertThat(exact(matching(prompts, ".* images"))).isEqualTo(1);
    }

    @Test
    void countsMostChatsWithFunctionsExactly() {
        assertThat(exact(matching(prompts, ".* tools( and results)?"))).isGreaterThanOrEqualTo(0.75);
        assertThat(exact(matching(prompts, "chat (reasoning )?tools"))).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void countsAllKnowablePromptsNearly() {
        assertThat(knowable(prompts)).hasSizeGreaterThan(100);
        assertThat(exact(knowable(prompts))).isGreaterThanOrEqualTo(0.9);
        assertThat(meanError(knowable(prompts))).isLessThanOrEqualTo(0.005);
    }

    /** The service bills the end of a text or not, as it happens. */
    @Test
    void countsAllKnowableAnswersWithinAToken() {
        List<Pair> known = knowable(answers);

        assertThat(known).hasSizeGreaterThan(70);
        assertThat(exact(known)).isGreaterThanOrEqualTo(0.75);
        assertThat(withinOne(known)).isGreaterThanOrEqualTo(0.9);
        assertThat(exact(matching(answers, "completions text"))).isEqualTo(1);
    }

    @Test
    void boundsWhatItCannotKnow() {
        List<Pair> partial = Stream.of(prompts, answers)
                .flatMap(pairs -> pairs.values().stream())
                .flatMap(Collection::stream)
                .filter(pair -> pair.estimate.isPartial())
                .toList();

        assertThat(partial).hasSizeGreaterThan(40).allSatisfy(pair -> {
            assertThat(pair.estimate.lowerBound()).as(pair.recording.toString()).isLessThanOrEqualTo(pair.reported);
            assertThat(pair.estimate.reasons()).isNotEmpty();
        });
    }

    /** Of one recording the typographic quotes were replaced after the service had counted them. */
    @Test
    void boundsWhatItKnows() {
        Stream<Pair> known = Stream.of(prompts, answers).flatMap(pairs -> knowable(pairs).stream());

        assertThat(known.filter(pair -> pair.estimate.lowerBound() > pair.reported)
                        .map(pair -> pair.recording.text("id").orElseThrow()))
                .containsExactly("6c97227957e410f809e33c3f");
    }

    /** The guide says to reckon with a token of output, and with two tokens or 2% of input. */
    @Test
    void givesStreamsWithoutUsageTheTokensOfThoseWithItWithinTheTolerance() {
        List<Pair> inputs = streamed(prompts);
        List<Pair> outputs = streamed(answers);

        assertThat(inputs)
                .hasSizeGreaterThan(15)
                .allSatisfy(pair -> assertThat(pair.error())
                        .as(pair.recording.toString())
                        .isLessThanOrEqualTo(Math.max(2, pair.reported * 2 / 100)));
        assertThat(outputs)
                .hasSizeGreaterThan(10)
                .allSatisfy(pair ->
                        assertThat(pair.error()).as(pair.recording.toString()).isLessThanOrEqualTo(1));
    }

    private static List<Pair> streamed(Map<String, List<Pair>> pairs) {
        return knowable(pairs).stream()
                .filter(pair -> pair.recording.isStreaming())
                .toList();
    }

    @Test
    void comesAsNearAsTheGuideSays() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/site/markdown/guide.md")))
                .contains(
                        promptRow(
                                "chats and responses, of one or several messages",
                                matching(prompts, "(chat|responses) (reasoning )?(plain|multi-turn)")),
                        promptRow("with functions", matching(prompts, ".* tools")),
                        promptRow(
                                "with functions, their calls and results",
                                matching(prompts, ".* (tools and )?results")),
                        promptRow("with a schema for the answer", matching(prompts, ".* schema")),
                        promptRow("with images", matching(prompts, ".* images")),
                        promptRow("completions, embeddings", matching(prompts, "(completions|embeddings) plain")),
                        promptRow("all that can be known", knowable(prompts)),
                        answerRow("chats: text", matching(answers, "chat text")),
                        answerRow("chats: calls of functions", matching(answers, "chat calls")),
                        answerRow("responses", matching(answers, "responses (reasoning )?(text|calls)")),
                        answerRow("completions", matching(answers, "completions text")),
                        answerRow("all that can be known", knowable(answers)));
    }

    private static String promptRow(String title, List<Pair> pairs) {
        return String.format(
                Locale.ROOT, "| %s | %.0f%% | %.1f%% |", title, 100 * exact(pairs), 100 * meanError(pairs));
    }

    private static String answerRow(String title, List<Pair> pairs) {
        return String.format(
                Locale.ROOT, "| %s | %.0f%% | %.0f%% |", title, 100 * exact(pairs), 100 * withinOne(pairs));
    }

    private static List<Pair> matching(Map<String, List<Pair>> pairs, String categories) {
        List<Pair> matching = pairs.entrySet().stream()
                .filter(category -> category.getKey().matches(categories))
                .flatMap(category -> category.getValue().stream())
                .toList();
        assertThat(matching).as(categories).isNotEmpty();
        return matching;
    }
}
