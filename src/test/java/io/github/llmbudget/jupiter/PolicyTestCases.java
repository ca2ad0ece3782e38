package io.github.llmbudget.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.Role;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageSpan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Calls of which something is not known, and calls that limits are not about. */
final class PolicyTestCases {

    private PolicyTestCases() {}

    static class UnknownModel {

        @Test
        @MaxCost(1)
        void test(MockLlm llm) {
            llm.reply(Reply.text("Hi").usage(10, 5));
            new TestClient(llm).chat("gpt-4o-maxi", "Hi");
        }
    }

    static class UnknownModelWithoutCostLimit {

        @Test
        @MaxTokens(15)
        void test(MockLlm llm) {
            llm.reply(Reply.text("Hi").usage(10, 5));
            new TestClient(llm).chat("gpt-4o-maxi", "Hi");
        }
    }

    static class Deployed {

        @Test
        @MaxCost(0.00007502)
        void test(MockLlm llm) {
            llm.reply(Reply.text("Hi").usage(10, 5))
                    .reply(Reply.embedding(0.5f).model("ada").usage(1, 0));
            new TestClient(llm).chat("support-bot", "Hi");
            new TestClient(llm).post("/embeddings", "{\"model\":\"vectors\",\"input\":\"Hi\"}");
        }
    }

    static class Estimated {

        @Test
        @MaxTokens(1_000)
        void test(MockLlm llm) {
            llm.reply(Reply.text("Hi").withoutUsage());
            new TestClient(llm).chatStream("gpt-4o", "Hi");
        }
    }

    static class StillRunning {

        @Test
        @MaxCalls(5)
        void test(MockLlm llm, TokenUsage usage) throws InterruptedException {
            llm.reply(Reply.text("Too late").after(Duration.ofSeconds(2)));
            var unused = new TestClient(llm).postAsync("/chat/completions", TestClient.chatBody("gpt-4o", "Hi", ""));
            while (usage.await(Duration.ofMillis(1)) && !unused.isDone()) {
                Thread.sleep(1);
            }
        }
    }

    static class Retried {

        @Test
        @MaxTokens(15)
        @MaxCost(0.01)
        void test(MockLlm llm) {
            llm.reply(Reply.error(500, "Try again")).reply(Reply.text("Hi").usage(10, 5));
            new TestClient(llm).chat("gpt-4o", "Hi");
            new TestClient(llm).chat("gpt-4o", "Hi");
        }
    }

    static class Judged {

        @Test
        @MaxCalls(1)
        void test(MockLlm llm, TokenUsage usage) {
            llm.otherwise(Reply.text("Hi").usage(10, 5));
            new TestClient(llm).chat("gpt-4o", "Hi");
            try (UsageSpan judge = usage.span("judge", Role.JUDGE)) {
                new TestClient(llm).chat("gpt-4o", "Is it good?");
                assertThat(judge.calls()).hasSize(1);
            }
        }
    }

    static class Unscripted {

        @Test
        @MaxCalls(1)
        void test(MockLlm llm) {
            try {
                new TestClient(llm).chat("gpt-4o", "Hi");
                new TestClient(llm).chat("gpt-4o", "Hi");
            } catch (RuntimeException ignored) {
                // As careless code under test does.
            }
        }
    }
}
