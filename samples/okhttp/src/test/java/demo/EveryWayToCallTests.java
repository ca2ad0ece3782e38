package demo;

import static io.github.llmbudget.endpoint.RequestMatcher.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.usage.TokenUsage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is posted, and however, the answer tells the usage that the test sees. */
@Timeout(30)
@LlmBudget(mode = Mode.MOCK)
class EveryWayToCallTests {

    private static final String ANSWER = "Bonjour le monde";
    private static final String CHAT = """
            {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Translate: Hello world"}]}""";
    private static final String STREAM = """
            {"model": "gpt-4o-mini", "stream": true, "stream_options": {"include_usage": true},
             "messages": [{"role": "user", "content": "Translate: Hello world"}]}""";
    private static final String RESPONSE = """
            {"model": "gpt-4o-mini", "input": "Translate: Hello world"}""";
    private static final String TOOLS = """
            [{"type": "function", "function": {"name": "look_up", "description": "Looks a word up.", "parameters": {
              "type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]""";

    /** A hundred tokens of input, 64 of them cached; thirty of output, 10 of them reasoning. */
    private static final TokenCounts USAGE = new TokenCounts(100, 64, 0, 0, 30, 10, 0);

    private LlmEndpoint llm;

    @BeforeEach
    void useEndpoint(LlmEndpoint llm) {
        this.llm = llm;
    }

    @ParameterizedTest
    @EnumSource
    void chats(Http http, MockLlm script, TokenUsage usage) throws Exception {
        script.reply(Reply.text(ANSWER).usage(USAGE)).reply(ANSWER);

        var given = post(http, "/chat/completions", CHAT);
        var counted = post(http, "/chat/completions", CHAT);

        assertThat(List.of(given, counted))
                .extracting(answer -> message(answer).get("content").getAsString())
                .containsOnly(ANSWER);
        assertSame(List.of(given, counted), usage);
    }

    @ParameterizedTest
    @EnumSource
    void streams(Http http, MockLlm script, TokenUsage usage) throws Exception {
        script.reply(Reply.stream("Bonjour ", "le ", "monde").usage(USAGE))
                .reply(Reply.text(ANSWER).obfuscated());

        var given = stream(http, "/chat/completions", STREAM);
        var counted = stream(http, "/chat/completions", STREAM);

        assertThat(List.of(given, counted))
                .extracting(EveryWayToCallTests::text)
                .containsOnly(ANSWER);
        assertSame(List.of(last(given), last(counted)), usage);
        assertThat(usage.calls()).allMatch(LlmCall::streaming);
    }

    @ParameterizedTest
    @EnumSource
    void callsATool(Http http, MockLlm script, TokenUsage usage) throws Exception {
        script.reply(Reply.toolCall("look_up", "{\"word\": \"world\"}").usage(USAGE))
                .when(json("$.messages[*].role", "tool"))
                .reply(ANSWER);
        JsonObject request = JsonParser.parseString(CHAT).getAsJsonObject();
        request.add("tools", JsonParser.parseString(TOOLS));

        var first = post(http, "/chat/completions", request.toString());
        addToolResult(request, message(first));
        var second = post(http, "/chat/completions", request.toString());

        assertThat(message(second).get("content").getAsString()).isEqualTo(ANSWER);
        assertSame(List.of(first, second), usage);
    }

    @ParameterizedTest
    @EnumSource
    void takesAResponse(Http http, MockLlm script, TokenUsage usage) throws Exception {
        script.reply(Reply.text(ANSWER).usage(USAGE)).reply(ANSWER);

        var whole = post(http, "/responses", RESPONSE);
        var events = stream(http, "/responses", RESPONSE.replaceFirst("\\{", "{\"stream\": true, "));

        var streamed = last(events).getAsJsonObject("response");
        assertThat(List.of(whole, streamed))
                .extracting(response -> first(first(response, "output"), "content"))
                .extracting(part -> part.get("text").getAsString())
                .containsOnly(ANSWER);
        assertSame(List.of(whole, streamed), usage);
    }

    @ParameterizedTest
    @EnumSource
    void embeds(Http http, MockLlm script, TokenUsage usage) throws Exception {
        script.reply(2, Reply.embedding(0.6f, -0.8f)).reply(Reply.embeddings().usage(12, 0));
        String request = "{\"model\": \"text-embedding-3-small\", \"input\": [\"Hello world\"]}";

        var numbers = post(http, "/embeddings", request);
        var packed = post(http, "/embeddings", request.replaceFirst("\\{", "{\"encoding_format\": \"base64\", "));
        var made = post(http, "/embeddings", request);

        assertThat(first(numbers, "data").getAsJsonArray("embedding")).hasToString("[0.6,-0.8]");
        var bytes = ByteBuffer.wrap(Base64.getDecoder()
                        .decode(first(packed, "data").get("embedding").getAsString()))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(List.of(bytes.getFloat(), bytes.getFloat())).containsExactly(0.6f, -0.8f);
        assertThat(first(made, "data").getAsJsonArray("embedding")).hasSize(1536);
        assertSame(List.of(numbers, packed, made), usage);
    }

    private JsonObject post(Http http, String path, String body) throws Exception {
        return JsonParser.parseString(http.post(llm.baseUrl() + path, llm.apiKey(), body))
                .getAsJsonObject();
    }

    private List<JsonObject> stream(Http http, String path, String body) throws Exception {
        return http.stream(llm.baseUrl() + path, llm.apiKey(), body).stream()
                .filter(data -> !data.equals("[DONE]"))
                .map(data -> JsonParser.parseString(data).getAsJsonObject())
                .toList();
    }

    private static void addToolResult(JsonObject request, JsonObject asking) {
        JsonObject call = first(asking, "tool_calls");
        assertThat(call.getAsJsonObject("function").get("arguments").getAsString())
                .isEqualTo("{\"word\": \"world\"}");
        JsonObject result = new JsonObject();
        result.addProperty("role", "tool");
        result.addProperty("tool_call_id", call.get("id").getAsString());
        result.addProperty("content", new Gson().toJson("monde"));
        request.getAsJsonArray("messages").add(asking);
        request.getAsJsonArray("messages").add(result);
    }

    private static JsonObject first(JsonObject object, String member) {
        return object.getAsJsonArray(member).get(0).getAsJsonObject();
    }

    private static JsonObject message(JsonObject answer) {
        return first(answer, "choices").getAsJsonObject("message");
    }

    private static JsonObject last(List<JsonObject> events) {
        return events.get(events.size() - 1);
    }

    private static String text(List<JsonObject> chunks) {
        var text = new StringBuilder();
        chunks.stream()
                .map(chunk -> chunk.getAsJsonArray("choices"))
                .flatMap(choices -> choices.asList().stream())
                .map(choice -> choice.getAsJsonObject().getAsJsonObject("delta").get("content"))
                .filter(content -> content != null && !content.isJsonNull())
                .forEach(content -> text.append(content.getAsString()));
        return text.toString();
    }

    private static void assertSame(List<JsonObject> told, TokenUsage usage) {
        assertThat(usage.calls())
                .allMatch(call -> call.countSource() == CountSource.REPORTED)
                .allMatch(call -> call.anomalies().isEmpty())
                .extracting(LlmCall::tokens)
                .containsExactlyElementsOf(told.stream()
                        .map(answer -> counts(answer.getAsJsonObject("usage")))
                        .toList());
        assertThat(usage.totalTokens())
                .isPositive()
                .isEqualTo(told.stream()
                        .mapToLong(answer -> count(answer, "usage", "total_tokens"))
                        .sum());
        assertThat(usage.cost().isComplete()).isTrue();
    }

    /** Chats speak of prompt and completion, responses of input and output. */
    private static TokenCounts counts(JsonObject told) {
        String input = told.has("input_tokens") ? "input_tokens" : "prompt_tokens";
        String output = told.has("output_tokens") ? "output_tokens" : "completion_tokens";
        return new TokenCounts(
                count(told, input),
                count(told, input + "_details", "cached_tokens"),
                0,
                0,
                count(told, output),
                count(told, output + "_details", "reasoning_tokens"),
                0);
    }

    private static long count(JsonObject told, String... path) {
        JsonElement at = told;
        for (String member : path) {
            at = at == null ? null : at.getAsJsonObject().get(member);
        }
        return at == null ? 0 : at.getAsLong();
    }
}
