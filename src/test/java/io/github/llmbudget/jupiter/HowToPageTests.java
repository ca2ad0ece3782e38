package io.github.llmbudget.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.Test;

/** The calls of the how-to page "track token usage", with what they really use and cost. */
@LlmBudget
class HowToPageTests {

    private static final String MODEL = "gpt-3.5-turbo-instruct";
    private static final String JOKE = "\n\nWhy don't scientists trust atoms?\n\nBecause they make up everything.";

    @Test
    @MaxCost(0.000034)
    @MaxTokens(18)
    void countsOneCall(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(JOKE).usage(4, 14));

        new TestClient(llm).complete(MODEL, "Tell me a joke");

        assertThat(usage.inputTokens()).isEqualTo(4);
        assertThat(usage.outputTokens()).isEqualTo(14);
        assertThat(usage.totalTokens()).isEqualTo(18);
        assertThat(usage.cost()).hasToString("$0.000034");
    }

    @Test
    @MaxCost(0.000094)
    @MaxCalls(2)
    void countsTwoCalls(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("A bird joke").usage(6, 19))
                .reply(Reply.text("A fish joke").usage(6, 19));

        new TestClient(llm).complete(MODEL, "Tell me a joke about birds");
        new TestClient(llm).complete(MODEL, "Tell me a joke about fish");

        assertThat(usage.inputTokens()).isEqualTo(12);
        assertThat(usage.outputTokens()).isEqualTo(38);
        assertThat(usage.totalTokens()).isEqualTo(50);
        assertThat(usage.cost()).hasToString("$0.000094");
    }

    @Test
    @MaxCost(0.000034)
    void countsAStreamWhoseUsageIsReported(MockLlm llm, TokenUsage usage) {
        llm.reply(JOKE);

        String seen =
                new TestClient(llm).completeStream(MODEL, "Tell me a joke").body();

        assertThat(seen).contains("scientists").endsWith("data: [DONE]\n\n").doesNotContain("usage");
        assertThat(usage.calls()).extracting(LlmCall::countSource).containsExactly(CountSource.REPORTED);
        assertThat(usage.totalTokens()).isEqualTo(18);
        assertThat(usage.cost()).hasToString("$0.000034");
    }

    @Test
    @MaxCost(0.000034)
    void countsAStreamWhoseUsageNobodyReports(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(JOKE).withoutUsage());

        new TestClient(llm).completeStream(MODEL, "Tell me a joke");

        assertThat(usage.calls()).extracting(LlmCall::countSource).containsExactly(CountSource.ESTIMATED);
        assertThat(usage.inputTokens()).isEqualTo(4);
        assertThat(usage.outputTokens()).isEqualTo(14);
        assertThat(usage.cost()).hasToString("~$0.000034");
    }
}
