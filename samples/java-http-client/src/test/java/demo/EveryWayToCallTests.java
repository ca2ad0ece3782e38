package demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.usage.TokenUsage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answer tells the usage that the test sees, however it is taken; if it tells none, the test sees it all the same. */
@Tag("clients")
@Timeout(30)
@LlmBudget(mode = Mode.MOCK)
class EveryWayToCallTests {

    private static final String CHAT = """
            {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Summarise: rye bread"}]}""";
    private static final String STREAM = CHAT.replaceFirst("\\{", "{\"stream\": true, ");
    private static final String STREAM_WITH_USAGE =
            STREAM.replaceFirst("\\{", "{\"stream_options\": {\"include_usage\": true}, ");
    private static final String RESPONSE = "{\"model\": \"gpt-4o-mini\", \"input\": \"Summarise: rye bread\"}";
    private static final String EMBEDDING = "{\"model\": \"text-embedding-3-small\", \"input\": \"rye bread\"}";

    /** A hundred tokens of input, 64 of them cached; thirty of output, 10 of them reasoning. */
    private static final TokenCounts USAGE = new TokenCounts(100, 64, 0, 0, 30, 10, 0);

    @ParameterizedTest
    @EnumSource
    void chats(Way way, MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(Reply.text("Bread.").usage(USAGE));

        JsonObject told = json(post(way, llm, "/chat/completions", CHAT)).getAsJsonObject("usage");

        assertThat(counts(told, "prompt", "completion")).isEqualTo(USAGE);
        assertCounted(usage, USAGE, "$0.0000282");
    }

    @ParameterizedTest
    @EnumSource
    void streams(Way way, MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(Reply.stream("Rye ", "bread.").usage(USAGE));

        List<String> data = data(post(way, llm, "/chat/completions", STREAM_WITH_USAGE));

        JsonObject told = json(data.subList(data.size() - 1, data.size())).getAsJsonObject("usage");
        assertThat(counts(told, "prompt", "completion")).isEqualTo(USAGE);
        assertCounted(usage, USAGE, "$0.0000282");
    }

    @ParameterizedTest
    @EnumSource
    void streamsWithoutToldUsage(Way way, MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(Reply.stream("Rye ", "bread.").usage(USAGE));

        List<String> data = data(post(way, llm, "/chat/completions", STREAM));

        assertThat(data).isNotEmpty().noneMatch(chunk -> chunk.contains("usage"));
        assertCounted(usage, USAGE, "$0.0000282");
    }

    @ParameterizedTest
    @EnumSource
    void takesAResponse(Way way, MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(Reply.text("Bread.").usage(USAGE));

        JsonObject told = json(post(way, llm, "/responses", RESPONSE)).getAsJsonObject("usage");

        assertThat(counts(told, "input", "output")).isEqualTo(USAGE);
        assertCounted(usage, USAGE, "$0.0000282");
    }

    @ParameterizedTest
    @EnumSource
    void embeds(Way way, MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(Reply.embedding(0.6f, -0.8f).usage(12, 0));

        JsonObject told = json(post(way, llm, "/embeddings", EMBEDDING)).getAsJsonObject("usage");

        assertThat(told.get("prompt_tokens").getAsInt()).isEqualTo(12);
        assertCounted(usage, TokenCounts.of(12, 0), "$0.00000024");
    }

    private static List<String> post(Way way, MockLlm llm, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(llm.baseUrl() + path))
                .header("Authorization", "Bearer " + llm.apiKey())
                .header("Content-Type", "application/json");
        return way.lines(request, body);
    }

    private static List<String> data(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static JsonObject json(List<String> lines) {
        return JsonParser.parseString(String.join("\n", lines)).getAsJsonObject();
    }

    /** Chats speak of prompt and completion, responses of input and output. */
    private static TokenCounts counts(JsonObject told, String input, String output) {
        return new TokenCounts(
                told.get(input + "_tokens").getAsLong(),
                told.getAsJsonObject(input + "_tokens_details")
                        .get("cached_tokens")
                        .getAsLong(),
                0,
                0,
                told.get(output + "_tokens").getAsLong(),
                told.getAsJsonObject(output + "_tokens_details")
                        .get("reasoning_tokens")
                        .getAsLong(),
                0);
    }

    private static void assertCounted(TokenUsage usage, TokenCounts tokens, String cost) {
        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.COMPLETE);
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(call.tokens()).isEqualTo(tokens);
            assertThat(call.anomalies()).isEmpty();
        });
        assertThat(usage.cost()).hasToString(cost);
    }
}
