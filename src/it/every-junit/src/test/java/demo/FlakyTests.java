package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.Test;

/** Fails, passes when Surefire runs it again, and pays for both. */
class FlakyTests {

    private static boolean failed;

    @Test
    @MaxCalls(1)
    void passesAtLast(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("Yes").usage(10, 1));

        new Question("Is it so?").ask(llm);

        boolean again = failed;
        failed = true;
        assertThat(again).as("ran before").isTrue();
        assertThat(usage.calls()).hasSize(1);
    }
}
