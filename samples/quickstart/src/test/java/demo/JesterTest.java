package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.jupiter.MaxTokens;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.Test;

/** Usage and cost to the last digit. A real service would count other tokens, so these tests never go live. */
@LlmBudget(mode = Mode.MOCK)
class JesterTest {

    // tag::exact[]
    @Test
    @MaxCost(0.000034)
    @MaxTokens(18)
    void tellsAJoke(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("Why don't scientists trust atoms?").usage(4, 14));

        new Jester(llm.baseUrl(), llm.apiKey()).tell("Tell me a joke");

        assertThat(usage.inputTokens()).isEqualTo(4);
        assertThat(usage.outputTokens()).isEqualTo(14);
        assertThat(usage.totalTokens()).isEqualTo(18);
        assertThat(usage.cost()).hasToString("$0.000034");
        assertThat(usage.incurredCost()).hasToString("$0.00");
    }
    // end::exact[]

    @Test
    @MaxCost(0.000094)
    void tellsTwoJokes(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("A joke about birds").usage(6, 19))
                .reply(Reply.text("A joke about fish").usage(6, 19));
        var jester = new Jester(llm.baseUrl(), llm.apiKey());

        jester.tell("Tell me a joke about birds");
        jester.tell("Tell me a joke about fish");

        assertThat(usage.calls()).hasSize(2);
        assertThat(usage.inputTokens()).isEqualTo(12);
        assertThat(usage.outputTokens()).isEqualTo(38);
        assertThat(usage.cost()).hasToString("$0.000094");
    }

    // tag::retry[]
    @Test
    void countsEachAttempt(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.error(429, "Slow down")).reply("A joke");

        new Jester(llm.baseUrl(), llm.apiKey()).tell("Tell me a joke");

        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.FAILED, CallStatus.COMPLETE);
    }
    // end::retry[]
}
