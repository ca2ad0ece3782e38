package demo;

import static io.github.llmbudget.endpoint.RequestMatcher.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Has the context that the other tests have. */
@SpringBootTest
@MaxCalls(2)
class TravelGuideDetailsTest {

    @Autowired
    private TravelGuide guide;

    @Test
    void streamsAnAnswer(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("Take ", "the ", "train ", "to ", "Lisbon."));

        var pieces = guide.stream("How do I get to Lisbon?").collectList().block();

        assertThat(String.join("", pieces)).containsIgnoringCase("lisbon");
        assertThat(usage.calls()).hasSize(1).allMatch(LlmCall::streaming);
        assertThat(usage.outputTokens()).isPositive();
    }

    @Test
    void looksUpATrain(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.toolCall("nextTrain", "{\"place\": \"Lisbon\"}").usage(31, 5))
                .when(json("$.messages[*].role", "tool"))
                .reply(Reply.text("At nine.").usage(53, 7));

        assertThat(guide.askForATrain("When does the train to Lisbon leave?")).contains("nine");

        assertThat(usage.calls()).hasSize(2);
    }
}
