package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.Golden;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageLedger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTests {

    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"getOrder\"}}]";
    private static final String WITH_USAGE = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";

    private final EndpointServer server = EndpointServer.start();
    private final UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(10));
    private final TokenUsage usage = ledger.usage();
    private final TestEndpoint llm = server.openMock(ledger);
    private final TestClient client = new TestClient(llm);

    @AfterEach
    void stop() {
        server.close();
    }

    /** The same script, the same bytes and the same numbers: in every run, on every JVM. */
    @Test
    void isTheSameBytesEverywhere() {
        Reply text = Reply.text("Größe: 5 days — 私は 🚀!");
        Reply call = Reply.toolCall("getOrder", "{\"id\": 7, \"why\": \"It's late\"}")
                .withToolCall("getUser", "{\"name\":\"Ann\"}");
        Reply spoken = Reply.text("Let me look.")
                .withToolCall("getOrder", "{\"id\":7}")
                .reasoning("An order, hm.");
        StringBuilder all = new StringBuilder();
        for (Reply reply : List.of(
                text,
                Reply.stream("In ", "5 days.").usage(new TokenCounts(2_006, 1_920, 0, 0, 300, 64, 0)),
                Reply.choices("One", "Two and three"),
                call,
                spoken,
                Reply.refusal("I cannot help with that."),
                Reply.json("{\"days\": 5}").finishReason("length"),
                text.obfuscated())) {
            llm.reply(4, reply);
            record(all, "/chat/completions", TestClient.chatBody("gpt-4o", "Where is my refund?", TOOLS));
            record(all, "/chat/completions", TestClient.chatBody("gpt-4o", "Where is my refund?", TOOLS + WITH_USAGE));
            record(all, "/responses", "{\"model\":\"gpt-4o\",\"input\":\"Where is my refund?\"}");
            record(all, "/responses", "{\"model\":\"gpt-4o\",\"input\":\"Where is my refund?\",\"stream\":true}");
        }
        llm.reply(2, Reply.choices("Yes", "No"));
        record(all, "/completions", "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Yes or no?\"}");
        record(
                all,
                "/completions",
                "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Yes or no?\"" + WITH_USAGE + "}");
        llm.reply(Reply.embeddings()).reply(Reply.embeddings());
        String inputs =
                "{\"model\":\"text-embedding-3-small\",\"dimensions\":8,\"input\":[\"Where is my refund?\",[1,2,3],[4]]";
        record(all, "/embeddings", inputs + "}");
        record(all, "/embeddings", inputs + ",\"encoding_format\":\"base64\"}");
        llm.reply(Reply.moderation("violence", "hate")).reply(Reply.moderation());
        record(all, "/moderations", "{\"model\":\"omni-moderation-latest\",\"input\":[\"a\",\"b\"]}");
        record(all, "/moderations", "{\"model\":\"omni-moderation-latest\",\"input\":\"a\"}");
        for (int status : new int[] {400, 401, 403, 404, 429, 500, 503}) {
            llm.reply(Reply.error(status));
            record(all, "/chat/completions", TestClient.chatBody("gpt-4o", "Hi", ""));
        }

        Golden.assertMatches(all.toString(), "mock-answers.txt");

        assertThat(llm.unusedReplies()).isEmpty();
        assertThat(usage.calls())
                .filteredOn(made -> made.status() == CallStatus.COMPLETE && made.operation() != Operation.MODERATIONS)
                .allMatch(made -> made.countSource() == CountSource.REPORTED);
    }

    private void record(StringBuilder all, String operation, String body) {
        HttpResponse<String> answer = client.post(operation, body);
        LlmCall call = usage.calls().get(usage.calls().size() - 1);
        all.append("POST ").append(operation).append(' ').append(body).append('\n');
        all.append(answer.statusCode()).append('\n');
        all.append(answer.headers().map().entrySet().stream()
                .filter(header ->
                        header.getKey().startsWith("x-") || header.getKey().startsWith("retry"))
                .map(header -> header.getKey() + ": " + String.join(", ", header.getValue()) + "\n")
                .sorted()
                .collect(Collectors.joining()));
        all.append(answer.body().stripTrailing()).append('\n');
        all.append("= ").append(call.tokens()).append("\n\n");
    }

    @ParameterizedTest
    @CsvSource({"gpt-4o", "gpt-4", "gpt-3.5-turbo", "o3", "some-model"})
    void streamsAboutATokenAChunk(String model) {
        String text = "Größe 私は 🚀 and antidisestablishmentarianism, 123456!\n\n\tEnd\u0301";
        llm.reply(Reply.text(text));

        List<String> pieces = client.chatStream(model, "Hi")
                .body()
                .lines()
                .filter(line -> line.contains("\"content\":\"") && !line.contains("\"role\""))
                .map(line -> JsonParser.parseString(line.substring("data: ".length()))
                        .getAsJsonObject()
                        .getAsJsonArray("choices")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("delta")
                        .get("content")
                        .getAsString())
                .toList();

        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces).hasSizeGreaterThan(10).noneMatch(piece -> piece.contains("\uFFFD"));
    }

    @Test
    void repeatsOneTextForEachChoiceThatIsAskedFor() {
        llm.reply("Yes").reply(Reply.choices("One", "Two"));

        JsonArray three = choices(client.post("/chat/completions", TestClient.chatBody("gpt-4o", "Hi", ",\"n\":3")));
        JsonArray two = choices(client.post("/chat/completions", TestClient.chatBody("gpt-4o", "Hi", ",\"n\":2")));

        assertThat(three).hasSize(3);
        assertThat(two).hasSize(2);
        assertThat(usage.calls().get(0).tokens().output()).isEqualTo(3);
    }

    @Test
    void completesEachPrompt() {
        llm.reply("Yes");

        assertThat(choices(client.post(
                        "/completions", "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":[\"a\",\"b\"],\"n\":2}")))
                .hasSize(4);
    }

    @Test
    void runsAToolLoop() {
        llm.reply(Reply.toolCall("getOrder", "{\"id\":7}")).reply("In 5 days.");

        JsonObject message = choices(client.post("/chat/completions", TestClient.chatBody("gpt-4o", "Hi", TOOLS)))
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("message");
        JsonObject called = message.getAsJsonArray("tool_calls").get(0).getAsJsonObject();
        String id = called.get("id").getAsString();
        client.post(
                "/chat/completions",
                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}," + message
                        + ",{\"role\":\"tool\",\"tool_call_id\":\"" + id + "\",\"content\":\"late\"}]" + TOOLS + "}");

        assertThat(id).isEqualTo("call_mock-1-1");
        assertThat(message.get("content").isJsonNull()).isTrue();
        assertThat(usage.calls()).hasSize(2);
        assertThat(usage.calls().get(1).tokens().input())
                .isGreaterThan(usage.calls().get(0).tokens().input());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "{", "7"})
    void refusesArgumentsThatAreNoObject(String arguments) {
        assertThatThrownBy(() -> Reply.toolCall("getOrder", arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The arguments of getOrder must be");
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertThatThrownBy(() -> Reply.error(429).finishReason("length"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Reply.finishReason(...) is for what a model says, and this reply is error 429.");
        assertThatThrownBy(() -> Reply.json("{days: ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reply.choices()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reply.moderation("rudeness"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the categories are harassment, ");
        assertThatThrownBy(() -> Reply.text("x").tokensPerSecond(0)).isInstanceOf(IllegalArgumentException.class);
        llm.reply(Reply.toolCall("getOrder", "{}"));
        assertThat(client.complete("gpt-3.5-turbo-instruct", "Hi").statusCode()).isEqualTo(400);
    }

    @Test
    void padsTheChunksUnlessAskedNotTo() {
        llm.otherwise(Reply.stream("In ", "5 days.").obfuscated());

        String padded = client.chatStream("gpt-4o", "Hi").body();
        String plain = client.post(
                        "/chat/completions",
                        TestClient.chatBody(
                                "gpt-4o", "Hi", ",\"stream\":true,\"stream_options\":{\"include_obfuscation\":false}"))
                .body();

        assertThat(padded).contains("\"obfuscation\":\"");
        assertThat(plain).doesNotContain("obfuscation");
    }

    @Test
    void tellsWhenToTryAgain() {
        llm.reply(Reply.error(429).retryAfter(Duration.ofMillis(1_200)));

        HttpResponse<String> answer = client.chat("gpt-4o", "Hi");

        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(answer.headers().firstValue("Retry-After-Ms")).hasValue("1200");
        assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests"))
                .hasValue("0");
    }

    @Test
    void sendsItsHeadersInPlaceOfTheServicesOwn() {
        llm.reply(Reply.error(429).header("X-RateLimit-Remaining-Tokens", "77").header("content-type", "text/html"));

        HttpResponse<String> answer = client.chat("gpt-4o", "Hi");

        assertThat(answer.headers().allValues("x-ratelimit-remaining-tokens")).containsExactly("77");
        assertThat(answer.headers().allValues("x-ratelimit-remaining-requests")).containsExactly("0");
        assertThat(answer.headers().allValues("content-type")).containsExactly("text/html");
    }

    @ParameterizedTest
    @CsvSource({"X A,b", "'',b", "X-A,'b\nc'", "content-length,5", "Transfer-Encoding,gzip"})
    void refusesAHeaderThatWouldBreakTheAnswer(String name, String value) {
        Reply reply = Reply.text("Hi");

        assertThatThrownBy(() -> reply.header(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Reply.header(\"" + name + "\", ...)");
    }

    @Test
    void namesTheCodeOfAnError() {
        llm.reply(Reply.error(429, "insufficient_quota", "You exceeded your current quota."));

        assertThat(client.chat("gpt-4o", "Hi").body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"You exceeded your current quota.\",\"type\":\"insufficient_quota\","
                                + "\"param\":null,\"code\":\"insufficient_quota\"}}");
    }

    @Test
    void breaksAChunkInTheMiddle() {
        llm.reply(Reply.stream("a", "b", "c").malformedAfter(1))
                .reply(Reply.text("a").malformedAfter(0));

        List<String> events = client.chatStream("gpt-4o", "Hi")
                .body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .toList();
        String whole = client.chat("gpt-4o", "Hi").body();

        assertThat(events).hasSize(5);
        assertThat(events).filteredOn(event -> !event.endsWith("}")).hasSize(1);
        assertThat(whole).startsWith("{\"id\":\"chatcmpl-mock-2\"").doesNotEndWith("}");
        assertThat(usage.calls()).extracting(LlmCall::status).containsOnly(CallStatus.COMPLETE);
    }

    @Test
    void cutsAStreamAfterItsLastChunk() {
        llm.reply(Reply.stream("a", "b").cutAfter(2));

        assertThatThrownBy(() -> client.chatStream("gpt-4o", "Hi")).isInstanceOf(UncheckedIOException.class);

        assertThat(usage.await()).isTrue();
        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.CUT);
    }

    @ParameterizedTest
    @CsvSource({"a,5", "a,1", "'',0", "'',3"})
    void cutsAStreamThatHasFewerChunksAfterItsLastOne(String text, int chunks) {
        llm.reply(Reply.text(text).cutAfter(chunks));

        assertThatThrownBy(() -> client.chatStream("gpt-4o", "Hi")).isInstanceOf(UncheckedIOException.class);

        assertThat(usage.await()).isTrue();
        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.CUT);
    }

    @Test
    void refusesAFaultBeforeTheBeginning() {
        Reply reply = Reply.text("Hi");

        assertThatThrownBy(() -> reply.stallAfter(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Reply.stallAfter(-1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"stream\":true"})
    void stallsUntilTheClientGivesUp(String stream) {
        llm.reply(Reply.stream("one ", "two ", "three").stallAfter(2));
        HttpRequest request = HttpRequest.newBuilder(URI.create(llm.baseUrl() + "/chat/completions"))
                .timeout(Duration.ofSeconds(1))
                .POST(HttpRequest.BodyPublishers.ofString(TestClient.chatBody("gpt-4o", "Hi", stream)))
                .build();

        // The JDK's client waits for the head only; the body is given up by leaving.
        assertThatThrownBy(() -> {
                    HttpResponse<InputStream> answer =
                            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
                    try (var body = answer.body()) {
                        body.readNBytes(60);
                    }
                    throw new HttpTimeoutException("nothing more came");
                })
                .isInstanceOf(HttpTimeoutException.class);

        assertThat(usage.await()).isTrue();
        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.CUT);
        assertThat(usage.calls().get(0).timing().total()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void resetsTheConnection() throws IOException {
        llm.reply(Reply.connectionReset()).reply("then");
        URI url = URI.create(llm.baseUrl());
        byte[] body = TestClient.chatBody("gpt-4o", "Hi", "").getBytes(StandardCharsets.UTF_8);

        try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
            socket.getOutputStream()
                    .write(("POST " + url.getPath() + "/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: "
                                    + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);

            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(client.chat("gpt-4o", "Hi").statusCode()).isEqualTo(200);
        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.FAILED, CallStatus.COMPLETE);
    }

    @Test
    void streamsAsFastAsAModelWrites() {
        llm.reply(Reply.stream("one two three", " four")
                .timeToFirstToken(Duration.ofMillis(60))
                .tokensPerSecond(50));

        client.chatStream("gpt-4o", "Hi");

        var timing = usage.calls().get(0).timing();
        assertThat(timing.toFirstToken()).isGreaterThanOrEqualTo(Duration.ofMillis(120));
        assertThat(timing.toFirstByte()).isLessThan(timing.toFirstToken().minusMillis(50));
        assertThat(timing.total()).isGreaterThanOrEqualTo(Duration.ofMillis(140));
    }

    private static JsonArray choices(HttpResponse<String> answer) {
        return JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonArray("choices");
    }
}
