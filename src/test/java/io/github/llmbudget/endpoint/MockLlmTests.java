package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MockLlmTests {

    private final EndpointServer server = EndpointServer.start();
    private final UsageLedger recorder = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(10));
    private final TokenUsage usage = recorder.usage();
    private final TestEndpoint llm = server.openMock(recorder);
    private final TestClient client = new TestClient(llm);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void hasAnUnguessableAddressOnLoopback() {
        TestEndpoint other = server.openMock(recorder);

        assertThat(llm.baseUrl()).matches("http://127\\.0\\.0\\.1:\\d+/t/[0-9a-f]{32}/v1");
        assertThat(llm.baseUrl()).isEqualTo(llm.rootUrl() + "/v1").isNotEqualTo(other.baseUrl());
        assertThat(llm.mode()).isEqualTo(Mode.MOCK);
    }

    /** Spring AI 1 appends the path of moderations so. */
    @Test
    void standsAClientThatAppendsWithoutASlash() {
        llm.reply(Reply.text("Hello").usage(1, 1));

        assertThat(new TestClient(llm.rootUrl() + "v1", llm.apiKey())
                        .chat("gpt-4o", "Hi")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersAChatAsTheServiceDoes() {
        llm.reply(Reply.text("Hello there").usage(new TokenCounts(2_006, 1_920, 0, 0, 300, 64, 0)));

        JsonObject body = json(client.chat("gpt-4o", "Hi").body());

        assertThat(body.get("object").getAsString()).isEqualTo("chat.completion");
        assertThat(body.get("model").getAsString()).isEqualTo("gpt-4o");
        assertThat(body.getAsJsonArray("choices")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("message")
                        .get("content"))
                .hasToString("\"Hello there\"");
        assertThat(onlyCall().tokens()).isEqualTo(new TokenCounts(2_006, 1_920, 0, 0, 300, 64, 0));
        assertThat(onlyCall().origin()).isEqualTo(Origin.MOCK);
        assertThat(usage.cost()).hasToString("$0.005615");
        assertThat(usage.incurredCost()).hasToString("$0.00");
    }

    @Test
    void streamsTheChunksOfAReply() {
        llm.reply(Reply.stream("Hel", "lo ", "there").usage(9, 3));

        String stream = client.chatStream("gpt-4o", "Hi").body();

        assertThat(stream)
                .contains("\"content\":\"Hel\"", "\"content\":\"lo \"", "\"content\":\"there\"")
                .endsWith("data: [DONE]\n\n")
                .doesNotContain("usage");
        assertThat(onlyCall().tokens()).isEqualTo(TokenCounts.of(9, 3));
        assertThat(onlyCall().streaming()).isTrue();
    }

    @Test
    void reportsUsageInAStreamToWhoAsksForIt() {
        llm.reply(Reply.stream("Hello").usage(9, 3));

        String stream = client.post(
                        "/chat/completions",
                        TestClient.chatBody(
                                "gpt-4o", "Hi", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
                .body();

        List<String> events = stream.lines().filter(line -> !line.isEmpty()).toList();
        assertThat(events.get(events.size() - 2))
                .contains("\"choices\":[]", "\"prompt_tokens\":9", "\"completion_tokens\":3");
        assertThat(events.subList(0, events.size() - 2)).allMatch(event -> event.contains("\"usage\":null"));
    }

    @Test
    void answersAResponsesRequestWholeAndStreamed() {
        llm.reply(Reply.text("One").usage(5, 1)).reply(Reply.stream("T", "wo").usage(6, 2));

        JsonObject whole = json(client.post("/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}")
                .body());
        String stream = client.post("/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"stream\":true}")
                .body();

        assertThat(whole.get("status").getAsString()).isEqualTo("completed");
        assertThat(stream.lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: response.created",
                        "event: response.in_progress",
                        "event: response.output_item.added",
                        "event: response.content_part.added",
                        "event: response.output_text.delta",
                        "event: response.output_text.delta",
                        "event: response.output_text.done",
                        "event: response.content_part.done",
                        "event: response.output_item.done",
                        "event: response.completed");
        assertThat(usage.calls())
                .extracting(LlmCall::operation, call -> call.tokens().total())
                .containsExactly(tuple(Operation.RESPONSES, 6L), tuple(Operation.RESPONSES, 8L));
    }

    @Test
    void answersEmbeddingsAsNumbersOrBase64() {
        llm.otherwise(Reply.embedding(0.5f, -1f).usage(7, 0));

        JsonObject numbers =
                json(client.post("/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"]}")
                        .body());
        JsonObject base64 = json(client.post(
                        "/embeddings",
                        "{\"model\":\"text-embedding-3-small\",\"input\":\"a\",\"encoding_format\":\"base64\"}")
                .body());

        assertThat(numbers.getAsJsonArray("data")).hasSize(2);
        assertThat(numbers.getAsJsonArray("data").get(1).getAsJsonObject().get("embedding"))
                .hasToString("[0.5,-1.0]");
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder()
                        .decode(base64.getAsJsonArray("data")
                                .get(0)
                                .getAsJsonObject()
                                .get("embedding")
                                .getAsString()))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getFloat()).isEqualTo(0.5f);
        assertThat(bytes.getFloat()).isEqualTo(-1f);
        assertThat(usage.inputTokens()).isEqualTo(14);
        assertThat(usage.outputTokens()).isZero();
        assertThat(usage.cost()).hasToString("$0.00000028");
    }

    @Test
    void countsTheUsageThatIsNotGiven() {
        llm.reply("Why not?");

        client.complete("gpt-3.5-turbo-instruct", "Tell me a joke");

        assertThat(onlyCall().tokens()).isEqualTo(TokenCounts.of(4, 3));
        assertThat(onlyCall().countSource()).isEqualTo(CountSource.REPORTED);
    }

    @ParameterizedTest
    @CsvSource({"/chat/completions,messages", "/responses,input"})
    void countsTheRequestThatGetsAnEmptyAnswer(String operation, String prompt) {
        llm.reply("");

        client.post(operation, "{\"model\":\"gpt-4o\",\"" + prompt + "\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(onlyCall().tokens()).isEqualTo(TokenCounts.of(8, 0));
        assertThat(onlyCall().countSource()).isEqualTo(CountSource.REPORTED);
    }

    @Test
    void reportsNoUsageOfARequestThatCannotBeCounted() {
        llm.reply(Reply.embeddings());

        String body = client.post("/embeddings", "{\"model\":\"text-embedding-3-small\"}")
                .body();

        assertThat(body).doesNotContain("usage");
        assertThat(onlyCall().countSource()).isEqualTo(CountSource.UNKNOWN);
    }

    @Test
    void countsWhatAResponseCarriesOn() {
        llm.reply("A long answer that tells of refunds in many words.")
                .reply("Yes.")
                .reply(Reply.text("Yes.").withoutUsage());
        String first = json(client.post("/responses", "{\"model\":\"gpt-4o\",\"input\":\"How do refunds work?\"}")
                        .body())
                .get("id")
                .getAsString();
        String carriesOn = "{\"model\":\"gpt-4o\",\"input\":\"Sure?\",\"previous_response_id\":\"" + first + "\"}";

        client.post("/responses", carriesOn);
        client.post("/responses", carriesOn);

        assertThat(usage.calls())
                .extracting(LlmCall::countSource)
                .containsExactly(CountSource.REPORTED, CountSource.REPORTED, CountSource.ESTIMATED);
        assertThat(usage.calls().get(1).tokens().input())
                .isGreaterThan(20)
                .isEqualTo(usage.calls().get(2).tokens().input());
    }

    @Test
    void canAnswerAsAnotherModel() {
        llm.reply(Reply.text("Hi").model("gpt-4o-2024-08-06"));

        client.chat("gpt-4o", "Hi");

        assertThat(onlyCall().model()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(onlyCall().requestedModel()).isEqualTo("gpt-4o");
    }

    @Test
    void moderatesWithTheModelOfTheServiceIfTheRequestNamesNone() {
        llm.reply(Reply.moderation("violence"));

        client.post("/moderations", "{\"input\":\"I will break it.\"}");

        assertThat(onlyCall().model()).isEqualTo("omni-moderation-latest");
        assertThat(usage.cost()).hasToString("$0.00");
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid_request_error",
        "401,invalid_request_error",
        "403,invalid_request_error",
        "429,requests",
        "503,server_error"
    })
    void answersWithTheErrorOfTheScript(int status, String type) {
        llm.reply(Reply.error(status, "Not now"));

        HttpResponse<String> answer = client.chat("gpt-4o", "Hi");

        assertThat(answer.statusCode()).isEqualTo(status);
        JsonObject error = json(answer.body()).getAsJsonObject("error");
        assertThat(error.get("message").getAsString()).isEqualTo("Not now");
        assertThat(error.get("type").getAsString()).isEqualTo(type);
        assertThat(onlyCall().status()).isEqualTo(CallStatus.FAILED);
        assertThat(onlyCall().httpStatus()).isEqualTo(status);
        assertThat(llm.unexpectedRequests()).isEmpty();
    }

    @Test
    void refusesAnErrorThatIsNone() {
        assertThatThrownBy(() -> Reply.error(200, "fine"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Reply.error(200, ...): an error status is between 400 and 599.");
    }

    @Test
    void dropsTheConnectionInsteadOfAnswering() {
        llm.reply(Reply.droppedConnection());

        assertThatThrownBy(() -> client.chat("gpt-4o", "Hi")).isInstanceOf(UncheckedIOException.class);

        assertThat(onlyCall().status()).isEqualTo(CallStatus.FAILED);
        assertThat(onlyCall().httpStatus()).isZero();
    }

    @Test
    void cutsAStreamInTheMiddle() {
        llm.reply(Reply.stream("one ", "two ", "three").cutAfter(2));

        assertThatThrownBy(() -> client.chatStream("gpt-4o", "Hi")).isInstanceOf(UncheckedIOException.class);

        assertThat(usage.await()).isTrue();
        assertThat(onlyCall().status()).isEqualTo(CallStatus.CUT);
        assertThat(onlyCall().countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(onlyCall().tokens()).isEqualTo(TokenCounts.of(8, 3));
    }

    @Test
    void cutsAnAnswerThatIsNotStreamed() {
        llm.reply(Reply.text("Hello there").cutAfter(0));

        assertThatThrownBy(() -> client.chat("gpt-4o", "Hi")).isInstanceOf(UncheckedIOException.class);

        assertThat(usage.await()).isTrue();
        assertThat(onlyCall().status()).isEqualTo(CallStatus.CUT);
        assertThat(onlyCall().isUncounted()).isTrue();
    }

    @Test
    void takesItsTime() {
        llm.reply(Reply.stream("a", "b", "c").after(Duration.ofMillis(40)).chunkDelay(Duration.ofMillis(30)));

        client.chatStream("gpt-4o", "Hi");

        assertThat(onlyCall().timing().toFirstByte()).isGreaterThanOrEqualTo(Duration.ofMillis(40));
        assertThat(onlyCall().timing().total()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    /** The JDK's client waits no longer than its timeout for the head of an answer, and as long as it takes for the rest. */
    @ParameterizedTest
    @CsvSource({"false,COMPLETE", "true,CUT"})
    void sendsNothingBeforeASlowAnswerBegins(boolean stream, CallStatus status) {
        llm.reply(Reply.text("late").after(Duration.ofSeconds(30)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(llm.baseUrl() + "/chat/completions"))
                .timeout(Duration.ofMillis(200))
                .POST(HttpRequest.BodyPublishers.ofString(TestClient.chatBody("gpt-4o", "Hi", ",\"stream\":" + stream)))
                .build();

        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);

        assertThat(usage.await()).isTrue();
        assertThat(onlyCall().status()).isEqualTo(status);
    }

    @Test
    void refusesARequestThatNobodyScripted() {
        llm.reply("for the first");

        client.chat("gpt-4o", "first");
        HttpResponse<String> answer = client.chat("gpt-4o-mini", "second");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("X-Should-Retry")).hasValue("false");
        assertThat(json(answer.body()).getAsJsonObject("error").get("message").getAsString())
                .isEqualTo("llm-budget: nobody scripted POST /v1/chat/completions for model \"gpt-4o-mini\": the script"
                        + " has no reply left. Add a reply with MockLlm.reply(...).");
        assertThat(llm.unexpectedRequests())
                .containsExactly(new UnexpectedRequest(
                        "POST", "/v1/chat/completions", "gpt-4o-mini", "the script has no reply left", null));
    }

    @Test
    void refusesWhatItDoesNotPlay() {
        llm.reply("never used");

        assertThat(client.post("/images/generations", "{\"model\":\"gpt-image-1\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post("/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":\"a\"}")
                        .statusCode())
                .isEqualTo(400);

        assertThat(llm.unexpectedRequests())
                .extracting(UnexpectedRequest::reason)
                .containsExactly(
                        "MockLlm does not play this operation",
                        "the next reply is text \"never used\", which this operation cannot answer with");
    }

    @Test
    void saysWhenTheTestOfAnAddressIsOver() throws Exception {
        String url = llm.baseUrl() + "/models";
        llm.close();

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no running test has the address of /t/");
        assertThat(usage.calls()).isEmpty();
    }

    @Test
    void keepsNoRequests() throws Exception {
        llm.otherwise(Reply.text("Hi").usage(1, 1));
        for (int i = 0; i < 20; i++) {
            client.chat("gpt-4o", "Hi");
        }

        var field = EndpointServer.class.getDeclaredField("server");
        field.setAccessible(true);
        assertThat(((MockWebServer) field.get(server)).takeRequest(0, TimeUnit.NANOSECONDS))
                .isNull();
    }

    @Test
    void answersWithoutWaitingForMoreToSend() throws IOException {
        try (var listening = new LoopbackSockets(LoopbackSockets.Layer.NONE).createServerSocket()) {
            listening.bind(null);
            try (var client = new Socket("127.0.0.1", listening.getLocalPort());
                    var accepted = listening.accept()) {
                assertThat(client.isConnected()).isTrue();
                assertThat(accepted.getTcpNoDelay()).isTrue();
            }
        }
    }

    @Test
    void isQuiet() {
        Logger root = Logger.getLogger("");
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                if (message.getLoggerName().contains("mockwebserver")) {
                    logged.add(message.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        root.addHandler(handler);
        try (EndpointServer noisy = EndpointServer.start()) {
            TestEndpoint endpoint = noisy.openMock(recorder);
            endpoint.reply(Reply.droppedConnection());
            assertThatThrownBy(() -> new TestClient(endpoint).chat("gpt-4o", "Hi"))
                    .isInstanceOf(UncheckedIOException.class);
            endpoint.reply("Hi");
            new TestClient(endpoint).chat("gpt-4o", "Hi");
        } finally {
            root.removeHandler(handler);
        }
        assertThat(logged).isEmpty();
    }

    private LlmCall onlyCall() {
        assertThat(usage.calls()).hasSize(1);
        return usage.calls().get(0);
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
