package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.usage.TokenUsage;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Tests that call at the same time, where JUnit runs them so. */
class CrowdTests {

    @RepeatedTest(4)
    @MaxCalls(4)
    void keepsItsOwnCalls(MockLlm llm, TokenUsage usage, RepetitionInfo repetition) {
        int calls = repetition.getCurrentRepetition();
        llm.otherwise(Reply.text("Yes").usage(10, calls).after(Duration.ofMillis(100)));

        IntStream.range(0, calls).forEach(call -> new Question("Is it so?").ask(llm));

        assertThat(usage.calls()).hasSize(calls);
        assertThat(usage.outputTokens()).isEqualTo((long) calls * calls);
    }
}
