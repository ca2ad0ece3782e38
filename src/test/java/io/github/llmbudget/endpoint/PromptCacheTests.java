package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageLedger;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromptCacheTests {

    private final EndpointServer server = EndpointServer.start();
    private final UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(10));
    private final TokenUsage usage = ledger.usage();
    private final TestEndpoint llm = server.openMock(ledger);
    private final TestClient client = new TestClient(llm);

    PromptCacheTests() {
        llm.otherwise(Reply.text("Yes."));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsACommonBeginningFromTheCacheInStepsOf128() {
        llm.withPromptCache();

        chat("gpt-4o", words(1_300), "Where is my refund?");
        chat("gpt-4o", words(1_300), "When is delivery?");
        chat("gpt-4o", words(1_300) + "!", "When is delivery?");

        assertThat(usage.calls())
                .extracting(call -> call.tokens().cachedInput())
                .containsExactly(0L, 1_280L, 1_280L);
        assertThat(usage.calls().get(1).tokens().input()).isBetween(1_300L, 1_330L);
        assertThat(usage.calls()).extracting(LlmCall::countSource).containsOnly(CountSource.REPORTED);
    }

    @Test
    void cachesNothingBelow1024Tokens() {
        llm.withPromptCache();

        chat("gpt-4o", words(1_000), "One?");
        chat("gpt-4o", words(1_000), "Two?");
        chat("gpt-4o", words(1_040), "Three?");
        chat("gpt-4o", words(1_040), "Four?");

        assertThat(usage.calls())
                .extracting(call -> call.tokens().cachedInput())
                .containsExactly(0L, 0L, 0L, 1_024L);
    }

    @Test
    void cachesNothingBehindWhatDiffers() {
        llm.withPromptCache();

        chat("gpt-4o", "Monday. " + words(1_300), "Where is my refund?");
        chat("gpt-4o", "Tuesday. " + words(1_300), "Where is my refund?");
        chat("gpt-4o-mini", "Tuesday. " + words(1_300), "Where is my refund?");

        assertThat(usage.calls())
                .extracting(call -> call.tokens().cachedInput())
                .containsOnly(0L);
    }

    @Test
    void cachesNothingWhereTheToolsDiffer() {
        llm.withPromptCache();
        String tool = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"%s\"}}]";

        post(words(1_300), tool.formatted("a"));
        post(words(1_300), tool.formatted("b"));
        post(words(1_300), tool.formatted("a"));

        assertThat(usage.calls())
                .extracting(call -> call.tokens().cachedInput())
                .containsExactly(0L, 0L, 1_280L);
    }

    @Test
    void knowsResponsesToo() {
        llm.withPromptCache();
        String body = "{\"model\":\"gpt-4o\",\"instructions\":\"" + words(1_100) + "\",\"input\":\"%s\"}";

        client.post("/responses", body.formatted("One?"));
        client.post("/responses", body.formatted("Two?"));
        client.post("/responses", body.formatted("Two?").replace("word 0 ", "word 0, "));

        assertThat(usage.calls())
                .extracting(call -> call.tokens().cachedInput())
                .containsExactly(0L, 1_024L, 0L);
    }

    @Test
    void isOffUnlessAskedFor() {
        chat("gpt-4o", words(1_300), "Where is my refund?");
        chat("gpt-4o", words(1_300), "Where is my refund?");

        assertThat(usage.cachedInputTokens()).isZero();
    }

    private void chat(String model, String instructions, String question) {
        client.post(
                "/chat/completions",
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"system\",\"content\":\"" + instructions
                        + "\"},{\"role\":\"user\",\"content\":\"" + question + "\"}]}");
    }

    private void post(String question, String more) {
        client.post("/chat/completions", TestClient.chatBody("gpt-4o", question, more));
    }

    /** Returns a text of about as many tokens. */
    private static String words(int tokens) {
        return "word 0 " + "word ".repeat(tokens - 4);
    }
}
