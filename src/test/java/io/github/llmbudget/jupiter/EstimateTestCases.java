package io.github.llmbudget.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.token.TokenCounter;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.Test;

/** Streams of a service that reports usage, or does not. */
final class EstimateTestCases {

    private static final String QUESTION = "How long do refunds take?";

    private EstimateTestCases() {}

    static class AtOnce {

        @Test
        @MaxTokens(22)
        @MaxCost(0.0001225)
        void withinBudget(LlmEndpoint llm, TokenUsage usage) {
            new TestClient(llm).chatStream("gpt-4o", QUESTION);

            assertThat(usage.inputTokens()).isEqualTo(13);
            assertThat(usage.outputTokens()).isEqualTo(9);
            assertThat(usage.isComplete()).isTrue();
        }

        @Test
        @MaxTokens(21)
        void oneTokenOver(LlmEndpoint llm) {
            new TestClient(llm).chatStream("gpt-4o", QUESTION);
        }

        @Test
        @MaxCost(0.000122499999)
        void aBillionthOver(LlmEndpoint llm) {
            new TestClient(llm).chatStream("gpt-4o", QUESTION);
        }
    }

    static class Reasoning {

        @Test
        @MaxTokens(21)
        void atLeastWithinBudget(LlmEndpoint llm, TokenUsage usage) {
            new TestClient(llm).chatStream("gpt-5", QUESTION);

            LlmCall call = usage.calls().get(0);
            assertThat(usage.isComplete()).isEqualTo(call.countSource() == CountSource.REPORTED);
            assertThat(usage.totalTokens()).isEqualTo(usage.isComplete() ? 88 : 21);
        }

        @Test
        @MaxTokens(20)
        void atLeastOneTokenOver(LlmEndpoint llm) {
            new TestClient(llm).chatStream("gpt-5", QUESTION);
        }
    }

    static class Counting {

        @Test
        @MaxCalls(0)
        void countsWithoutACall(TokenCounter tokens) {
            assertThat(tokens.ofText(QUESTION, "gpt-4o")).isEqualTo(6);
            assertThat(tokens.ofPrompt(TestClient.chatBody("gpt-4o", QUESTION, ""), "gpt-4o"))
                    .isEqualTo(13);
        }
    }

    @LlmBudget
    static class CountingFromTheStart {

        private final long tokens;

        CountingFromTheStart(TokenCounter counter) {
            this.tokens = counter.ofText(QUESTION, "gpt-4o");
        }

        @Test
        void counts() {
            assertThat(tokens).isEqualTo(6);
        }
    }
}
