package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.jupiter.MaxTokens;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Over budget on purpose, to show what that looks like. Left out of the build by its tag. */
@Tag("over-budget")
class ComplaintDeskTest {

    @Test
    @MaxCost(0.01)
    @MaxTokens(7_500)
    void resolvesAComplaint(MockLlm llm) {
        llm.reply(Reply.text("A vase arrived broken.").usage(1_204, 310))
                .reply(Reply.text("We are sorry about your vase, and send you a new one.")
                        .withoutUsage())
                .reply(Reply.text("A vase arrived broken.").usage(1_204, 298))
                .reply(Reply.embedding(0.12f, -0.07f, 0.31f))
                .reply(Reply.text("We are sorry. A new vase is on its way.")
                        .usage(new TokenCounts(4_513, 1_024, 0, 0, 655, 0, 0)));

        String answer = new ComplaintDesk(llm.baseUrl(), llm.apiKey()).resolve("My vase came in five pieces!");

        assertThat(answer).contains("vase");
    }
}
