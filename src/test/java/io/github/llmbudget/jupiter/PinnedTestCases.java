package io.github.llmbudget.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.testing.TestClient;
import org.junit.jupiter.api.Test;

/** Must never go live. */
@LlmBudget(mode = Mode.MOCK)
class PinnedTestCases {

    @Test
    void staysAtHome(MockLlm llm) {
        llm.reply("At home.");
        assertThat(llm.mode()).isEqualTo(Mode.MOCK);
        assertThat(new TestClient(llm).chat("gpt-4o", "Where are you?").body()).contains("At home.");
    }
}
