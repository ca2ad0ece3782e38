package io.github.llmbudget.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** 64 tests with 20 calls each: every other one streamed, half of them from other threads. */
@MaxCalls(20)
class ParallelTestCases {

    @RepeatedTest(64)
    void makesTwentyCalls(MockLlm llm, TokenUsage usage, RepetitionInfo info) {
        int own = info.getCurrentRepetition();
        llm.otherwise(Reply.stream("one ", "two").usage(own, 2));
        TestClient client = new TestClient(llm);

        CompletableFuture<?>[] elsewhere = IntStream.range(0, 10)
                .mapToObj(i -> client.postAsync(
                        "/chat/completions", TestClient.chatBody("gpt-4o", "Hi", i % 2 == 0 ? "" : ",\"stream\":true")))
                .toArray(CompletableFuture[]::new);
        for (int i = 0; i < 5; i++) {
            client.chat("gpt-4o", "Hi");
            client.chatStream("gpt-4o", "Hi");
        }
        CompletableFuture.allOf(elsewhere).join();

        assertThat(usage.calls()).hasSize(20);
        assertThat(usage.inputTokens()).isEqualTo(20L * own);
        assertThat(usage.outputTokens()).isEqualTo(40);
    }
}
