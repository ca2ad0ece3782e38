package demo;

import static io.github.llmbudget.endpoint.RequestMatcher.lastUserText;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@MaxCost(0.001)
class ReviewDeskTest {

    private ReviewDesk desk;

    @BeforeEach
    void createDesk(LlmEndpoint llm) {
        desk = new ReviewDesk(llm.baseUrl(), llm.apiKey());
    }

    @Test
    @MaxCalls(3)
    void sortsReviewsAtOnce(MockLlm llm, TokenUsage usage) {
        llm.when(lastUserText("Lovely")).reply("Praise");
        llm.when(lastUserText("broken")).reply("Complaint");
        llm.when(lastUserText("Sunday")).reply("Question");

        var kinds = desk.sort(List.of("Lovely vases!", "My vase came broken.", "Are you open on Sunday?"));

        assertThat(kinds.join()).containsExactly("Praise", "Complaint", "Question");
        assertThat(usage.calls()).hasSize(3);
    }

    @Test
    void answersAReview(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("We are sorry, ", "a new vase ", "is on its way."));
        var answer = new StringBuffer();

        desk.answer("My vase came broken.", answer::append).join();

        assertThat(answer).containsIgnoringCase("sorry");
        assertThat(usage.outputTokens()).isPositive(); // though the client did not ask for it
    }
}
