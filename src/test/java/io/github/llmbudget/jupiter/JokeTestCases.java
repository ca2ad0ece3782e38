package io.github.llmbudget.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A test class as a user writes it; who answers is a matter of configuration. */
@MaxCost(0.000034)
class JokeTestCases {

    private static final String MODEL = "gpt-3.5-turbo-instruct";

    @BeforeEach
    void script(MockLlm llm) {
        llm.reply("\n\nWhy don't scientists trust atoms?\n\nBecause they make up everything.");
    }

    @Test
    void tellsAJoke(MockLlm llm, TokenUsage usage) {
        assertThat(new TestClient(llm).complete(MODEL, "Tell me a joke").body()).contains("scientists");
        assertThat(usage.totalTokens()).isEqualTo(18);
        assertThat(usage.cost().usd()).isEqualByComparingTo("0.000034");
    }

    @Test
    void streamsAJoke(MockLlm llm, TokenUsage usage) {
        String stream =
                new TestClient(llm).completeStream(MODEL, "Tell me a joke").body();

        assertThat(stream).contains("scientists").endsWith("data: [DONE]\n\n").doesNotContain("usage");
        assertThat(usage.inputTokens()).isEqualTo(4);
        assertThat(usage.outputTokens()).isEqualTo(14);
        assertThat(usage.cost().usd()).isEqualByComparingTo("0.000034");
    }

    @Test
    @MaxCost(0.000102)
    void tellsJokesSideBySide(MockLlm llm, TokenUsage usage) {
        script(llm);
        script(llm);

        CompletableFuture.allOf(IntStream.range(0, 3)
                        .mapToObj(i -> new TestClient(llm)
                                .postAsync(
                                        "/completions", "{\"model\":\"" + MODEL + "\",\"prompt\":\"Tell me a joke\"}"))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(usage.calls()).hasSize(3);
        assertThat(usage.totalTokens()).isEqualTo(54);
    }
}
