package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.jupiter.MaxTokens;
import io.github.llmbudget.usage.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@LlmBudget
class SupportBotTest {

    // tag::one-call[]
    @Test
    @MaxCost(0.001)
    @MaxTokens(500)
    void answersARefundQuestion(MockLlm llm, TokenUsage usage) {
        llm.reply("Your refund takes 5 days.");
        var bot = new SupportBot(llm.baseUrl(), llm.apiKey());

        assertThat(bot.ask("Where is my refund?")).containsIgnoringCase("refund");

        assertThat(usage.calls()).hasSize(1);
        assertThat(usage.inputTokens()).isBetween(10L, 100L);
    }
    // end::one-call[]

    // tag::several-calls[]
    @Test
    @MaxCalls(3)
    void answersThreeQuestionsAtOnce(MockLlm llm, TokenUsage usage) {
        llm.otherwise(Reply.text("That takes 5 days."));
        var bot = new SupportBot(llm.baseUrl(), llm.apiKey());

        List<String> answers = bot.askAll(List.of("Where is my refund?", "When is delivery?", "How long is a repair?"));

        assertThat(answers).hasSize(3).doesNotContain("");
        assertThat(usage.calls()).hasSize(3);
        assertThat(usage.cost().isComplete()).isTrue();
    }
    // end::several-calls[]

    // tag::stream[]
    @Test
    @MaxCost(0.001)
    void streamsAnAnswer(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("Your refund ", "takes ", "5 days."));
        var bot = new SupportBot(llm.baseUrl(), llm.apiKey());
        var pieces = new ArrayList<String>();

        var answer = bot.stream("Where is my refund?", pieces::add);

        assertThat(answer.usage()).isEmpty(); // The client library did not ask for it ...
        assertThat(usage.outputTokens()).isPositive(); // ... and yet it is known.
        assertThat(usage.calls()).allMatch(LlmCall::streaming);
        assertThat(pieces).hasSizeGreaterThan(1);
    }
    // end::stream[]
}
