package io.github.llmbudget.endpoint;

import static io.github.llmbudget.endpoint.RequestMatcher.json;
import static io.github.llmbudget.endpoint.RequestMatcher.lastUserText;
import static io.github.llmbudget.endpoint.RequestMatcher.model;
import static io.github.llmbudget.endpoint.RequestMatcher.path;
import static io.github.llmbudget.endpoint.RequestMatcher.that;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.UsageLedger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ScriptTests {

    private final EndpointServer server = EndpointServer.start();
    private final UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(10));
    private final TestEndpoint llm = server.openMock(ledger);
    private final TestClient client = new TestClient(llm);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givesAReplyToTheRequestsItIsMeantFor() {
        llm.when(model("gpt-4o-mini"))
                .reply("small")
                .when(lastUserText("refund"))
                .reply("In 5 days.");
        llm.reply("in order");

        assertThat(say("gpt-4o", "Hello")).isEqualTo("in order");
        assertThat(say("gpt-4o", "Where is my refund?")).isEqualTo("In 5 days.");
        assertThat(say("gpt-4o-mini", "Hello")).isEqualTo("small");
        assertThat(llm.unusedReplies()).isEmpty();
    }

    @Test
    void knowsTheModelOfADeployment() {
        llm.when(model("gpt-4o")).reply("In 5 days.");

        String body = new TestClient(llm.rootUrl(), llm.apiKey())
                .post(
                        "/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21",
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                .body();

        assertThat(body).contains("\"model\":\"gpt-4o\"", "In 5 days.");
        assertThat(ledger.usage().calls()).extracting(LlmCall::model).containsExactly("gpt-4o");
    }

    @Test
    void takesTheFirstOfSeveralThatFit() {
        llm.when(lastUserText("refund").and(model("gpt-4o"))).reply("first");
        llm.when(lastUserText("refund")).always("second");

        assertThat(say("gpt-4o", "refund")).isEqualTo("first");
        assertThat(say("gpt-4o", "refund")).isEqualTo("second");
        assertThat(say("gpt-4o-mini", "refund")).isEqualTo("second");
    }

    @Test
    void givesAReplyAsOftenAsItSays() {
        llm.reply(2, Reply.text("twice")).reply("then").otherwise(Reply.text("ever after"));
        llm.when(model("gpt-4.1"))
                .reply(2, Reply.text("other"))
                .when(model("gpt-4.1"))
                .reply("last");

        assertThat(IntStream.range(0, 5).mapToObj(i -> say("gpt-4o", "Hi")))
                .containsExactly("twice", "twice", "then", "ever after", "ever after");
        assertThat(IntStream.range(0, 3).mapToObj(i -> say("gpt-4.1", "Hi"))).containsExactly("other", "other", "last");
    }

    @Test
    void looksForAValueAnywhereInTheBody() {
        llm.when(json("$.tools[*].function.name", "getOrder")).reply("a tool");
        llm.when(json("$.temperature", "0.2")).reply("cool");
        llm.when(json("$..role", "a system message", "system"::equals)).reply("instructed");

        assertThat(text(client.post("/chat/completions", TestClient.chatBody("gpt-4o", "Hi", ",\"temperature\":0.2"))))
                .isEqualTo("cool");
        assertThat(text(client.post(
                        "/chat/completions",
                        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind\"}]}")))
                .isEqualTo("instructed");
        assertThat(text(client.post(
                        "/chat/completions",
                        TestClient.chatBody(
                                "gpt-4o",
                                "Hi",
                                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"getOrder\"}}]"))))
                .isEqualTo("a tool");
    }

    @Test
    void refusesAPathThatIsNoneWhenItIsWritten() {
        assertThatThrownBy(() -> json("tools[0]", "x")).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void knowsWhatTheUserSaidLast() {
        llm.when(lastUserText("second")).always("found");

        for (String body : List.of(
                "{\"messages\":[{\"role\":\"user\",\"content\":\"first\"},{\"role\":\"assistant\",\"content\":\"x\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"second\"}]},"
                        + "{\"role\":\"tool\",\"content\":\"third\"}]}")) {
            assertThat(text(client.post("/chat/completions", body))).isEqualTo("found");
        }
        for (String input : List.of(
                "\"second\"",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"second\"}]},"
                        + "{\"type\":\"function_call_output\",\"output\":\"x\"}]")) {
            assertThat(client.post("/responses", "{\"input\":" + input + "}").statusCode())
                    .isEqualTo(200);
        }
        assertThat(client.post("/completions", "{\"prompt\":[\"first\",\"second\"]}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersChatsAndEmbeddingsOfOneQuestionEachInItsWay() {
        llm.when(lastUserText("refund")).always("In 5 days.");
        llm.when(lastUserText("refund")).always(Reply.embedding(1, 0));
        llm.otherwise(Reply.text("What?")).otherwise(Reply.embedding(0, 1));

        assertThat(say("gpt-4o", "refund")).isEqualTo("In 5 days.");
        assertThat(vector("refund")).isEqualTo("[1.0,0.0]");
        assertThat(say("gpt-4o", "else")).isEqualTo("What?");
        assertThat(vector("else")).isEqualTo("[0.0,1.0]");
    }

    @Test
    void makesAReplyOfTheRequest() {
        llm.otherwise(Reply.of(request -> Reply.text(request.model() + " heard " + request.lastUserText() + " at "
                + request.path() + (request.isStreaming() ? " and streams" : ""))));

        assertThat(say("gpt-4o", "Hi")).isEqualTo("gpt-4o heard Hi at /v1/chat/completions");
        assertThat(client.chatStream("gpt-4o", "Hi").body()).contains("streams");
    }

    @Test
    void saysThatAComputedReplyDoesNotFit() {
        llm.reply(Reply.of(request -> Reply.embeddings()));

        assertThat(client.chat("gpt-4o", "Hi").statusCode()).isEqualTo(400);

        assertThat(llm.unexpectedRequests())
                .extracting(UnexpectedRequest::reason)
                .containsExactly("the computed reply is embeddings, which this operation cannot answer with");
    }

    @Test
    void keepsWhatAComputedReplyThrows() {
        llm.reply(Reply.of(request -> {
            throw new IllegalStateException("I cannot");
        }));

        assertThat(client.chat("gpt-4o", "Hi").body()).contains("I cannot");

        assertThat(ledger.failures()).hasSize(1);
    }

    @Test
    void keepsAnAssertionThatFailsInTheScript() {
        llm.when(that("asks politely", request -> {
                    throw new AssertionError("not in " + request.lastUserText());
                }))
                .reply("never given");

        assertThat(client.chat("gpt-4o", "Hi").body()).contains("not in Hi");

        assertThat(ledger.failures()).singleElement().isInstanceOf(AssertionError.class);
        assertThat(ledger.usage().calls()).extracting(LlmCall::status).containsExactly(CallStatus.FAILED);
    }

    @Test
    void saysThatAComputedReplyIsNone() {
        llm.reply(Reply.of(request -> null));

        assertThat(client.chat("gpt-4o", "Hi").body())
                .contains("Reply.of(...) made no reply, but null, of POST /v1/chat/");
    }

    @Test
    void setsARequestBesideTheClosestReply() {
        llm.when(model("gpt-4o").and(lastUserText("delivery"))).reply("Tomorrow.");
        llm.when(path("/chat/completions").and(model("gpt-4o")).and(lastUserText("refund")))
                .reply("In 5 days.");
        llm.when(that("asks for JSON", request -> request.body().contains("json_object")))
                .always("{}");

        client.chat("gpt-4o", "Where is\\nmy money?");

        assertThat(llm.unexpectedRequests()).hasSize(1);
        UnexpectedRequest request = llm.unexpectedRequests().get(0);
        assertThat(request.reason()).isEqualTo("no reply of the script is meant for it");
        assertThat(request.comparison().lines().map(String::stripTrailing))
                .containsExactly(
                        "                the request               the closest reply: text \"In 5 days.\"",
                        "path            /v1/chat/completions      ends with /chat/completions",
                        "model           gpt-4o                    gpt-4o",
                        "last user text  Where is\\nmy money?   !=  contains \"refund\"");
    }

    @Test
    void prefersAReplyThatIsLeftForTheComparison() {
        llm.when(model("gpt-4o").and(lastUserText("a"))).reply("used up");
        llm.when(model("gpt-4o").and(lastUserText("b"))).reply("left");
        say("gpt-4o", "a");

        client.chat("gpt-4o", "c");

        assertThat(llm.unexpectedRequests().get(0).comparison()).contains("text \"left\"");
    }

    @Test
    void saysThatTheClosestReplyIsOfAnotherKind() {
        llm.when(model("gpt-4o")).reply(Reply.embeddings());

        client.chat("gpt-4o", "Hi");

        assertThat(llm.unexpectedRequests().get(0).comparison())
                .contains("the closest reply: embeddings, which this operation cannot answer with");
    }

    @Test
    void tellsWhichRepliesAreUnused() {
        llm.when(model("gpt-4.1")).reply("for another").when(model("o3")).always("for any number");
        llm.reply(3, Reply.text("three times")).reply(Reply.error(429)).otherwise(Reply.text("else"));
        say("gpt-4o", "Hi");

        assertThat(llm.unusedReplies())
                .map(UnusedReply::toString)
                .containsExactly(
                        "text \"for another\" when model gpt-4.1", "text \"three times\" (2 of 3 times)", "error 429");
    }

    @Test
    void refusesAReplyThatIsNeverGiven() {
        assertThatThrownBy(() -> llm.reply(0, Reply.text("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least once, not 0 times");
    }

    @Test
    void listsModelsWithoutAScript() {
        llm.reply("for the chat");

        assertThat(client.get("/models").body()).contains("\"id\":\"mock-model\"");
        assertThat(client.get("/models/gpt-4o").body()).contains("\"id\":\"gpt-4o\"");
        llm.when(path("/models")).always(Reply.models("gpt-4o", "o3"));
        assertThat(client.get("/models").body()).contains("\"id\":\"gpt-4o\"", "\"id\":\"o3\"");
        assertThat(say("gpt-4o", "Hi")).isEqualTo("for the chat");
        assertThat(ledger.usage().calls()).hasSize(1);
    }

    @Test
    void givesEachReplyOnceHoweverManyAskAtOnce() {
        int calls = 200;
        for (int i = 0; i < calls; i++) {
            llm.when(lastUserText("question " + i + "."))
                    .reply(Reply.text("answer " + i).usage(1, 1));
        }

        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, calls)
                .mapToObj(i -> client.chatAsync("gpt-4o", "question " + i + "."))
                .toList();

        assertThat(IntStream.range(0, calls))
                .allSatisfy(i -> assertThat(text(answers.get(i).join())).isEqualTo("answer " + i));
        assertThat(llm.unusedReplies()).isEmpty();
        assertThat(llm.unexpectedRequests()).isEmpty();
    }

    @Test
    @Timeout(10)
    void asksAConditionThatCallsTheEndpointItself() {
        llm.when(that(
                        "is polite",
                        request -> !request.lastUserText().startsWith("Is this polite?")
                                && say("gpt-4o", "Is this polite? " + request.lastUserText())
                                        .equals("Yes.")))
                .reply("You are welcome.");
        llm.reply("Yes.");

        assertThat(say("gpt-4o", "Thank you")).isEqualTo("You are welcome.");
    }

    private String say(String model, String question) {
        return text(client.chat(model, question));
    }

    private String vector(String text) {
        return JsonParser.parseString(
                        client.post("/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":\"" + text + "\"}")
                                .body())
                .getAsJsonObject()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .get("embedding")
                .toString();
    }

    private static String text(HttpResponse<String> answer) {
        JsonObject body = JsonParser.parseString(answer.body()).getAsJsonObject();
        assertThat(body.has("choices")).as(answer.body()).isTrue();
        return body.getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("message")
                .get("content")
                .getAsString();
    }
}
