package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCalls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link IdeRun} starts: one of these tests is over its budget, and hides it. */
@MaxCalls(1)
class IdeTestCases {

    @BeforeEach
    void script(MockLlm llm) {
        llm.otherwise(Reply.text("Yes").usage(10, 1));
    }

    @Test
    void asksOnce(MockLlm llm) {
        assertThat(new Question("Is it so?").ask(llm)).isEqualTo(200);
    }

    @Test
    void asksTwice(MockLlm llm) {
        assertThat(new Question("Is it so?").ask(llm)).isEqualTo(200);
        assertThat(new Question("Is it really?").ask(llm)).isEqualTo(200);
    }
}
