package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.Test;

@MaxCost(0.001)
class TravelGuideTest {

    @Test
    void answers(MockLlm llm, TokenUsage usage) {
        llm.reply("Take the train to Lisbon.");
        var guide = new TravelGuide(llm.baseUrl(), llm.apiKey());

        assertThat(guide.ask("How do I get to Lisbon?")).containsIgnoringCase("lisbon");

        assertThat(usage.calls()).hasSize(1);
        assertThat(usage.inputTokens()).isPositive();
        assertThat(usage.outputTokens()).isPositive();
    }

    @Test
    void streamsAnAnswer(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("Take ", "the ", "train ", "to ", "Lisbon."));
        var guide = new TravelGuide(llm.baseUrl(), llm.apiKey());

        var pieces = guide.stream("How do I get to Lisbon?").collectList().block();

        assertThat(String.join("", pieces)).containsIgnoringCase("lisbon");
        assertThat(usage.calls()).hasSize(1).allMatch(LlmCall::streaming);
        assertThat(usage.outputTokens()).isPositive();
    }
}
