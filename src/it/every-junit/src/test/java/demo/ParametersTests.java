package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.token.TokenCounter;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that is injected, into everything that takes it. */
@LlmBudget
class ParametersTests {

    private static final Reply ANSWER = Reply.text("Yes").usage(10, 1);

    private static String classAddress;

    private String testAddress;

    @BeforeAll
    static void setUp(MockLlm llm, TokenUsage usage) {
        classAddress = llm.baseUrl();
        llm.otherwise(ANSWER);
        new Question("Are you there?").ask(llm);
        assertThat(usage.calls()).hasSize(1);
    }

    @BeforeEach
    void begin(MockLlm llm, TokenUsage usage) {
        testAddress = llm.baseUrl();
        llm.otherwise(ANSWER);
        new Question("May I ask?").ask(llm);
        assertThat(usage.calls()).hasSize(1);
    }

    @Test
    void reachTheTest(LlmEndpoint llm, TokenUsage usage, CallRecorder recorder, TokenCounter counter) {
        assertThat(llm.baseUrl()).isEqualTo(testAddress).isNotEqualTo(classAddress);
        new Question("Is it so?").ask(llm);
        assertThat(usage.calls()).hasSize(2);
        assertThat(recorder).isNotNull();
        assertThat(counter.ofText("Is it so?", "gpt-4o-mini")).isPositive();
    }

    @AfterEach
    void end(LlmEndpoint llm, TokenUsage usage) {
        new Question("Was it so?").ask(llm);
        assertThat(usage.calls()).hasSize(3);
        assertThat(usage.inputTokens()).isEqualTo(30);
    }

    @AfterAll
    static void tearDown(LlmEndpoint llm, TokenUsage usage) {
        assertThat(llm.baseUrl()).isEqualTo(classAddress);
        assertThat(usage.calls()).hasSize(1);
    }
}
