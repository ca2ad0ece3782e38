package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.jupiter.LlmCassette;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.TokenUsage;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@LlmCassette
@MaxCost(0.02)
class PolicyDeskTest {

    private PolicyDesk desk;

    @BeforeEach
    void createDesk(LlmEndpoint llm) {
        desk = new PolicyDesk(llm.rootUrl(), llm.apiKey(), Map.of(7, "Claim 7: brake repaired, 310 euros, open."));
    }

    @Test
    @MaxCalls(2)
    void keepsTheTermsForTheNextQuestion(TokenUsage usage) {
        assertThat(desk.ask("My helmet was stolen. Do you pay?")).containsIgnoringCase("not");
        assertThat(desk.ask("When must I tell the police of a theft?")).containsIgnoringCase("two days");

        assertThat(usage.cachedInputTokens()).isGreaterThan(1_000);
    }

    @Test
    void streamsAnAnswer(TokenUsage usage) {
        var answer = new StringBuilder();

        desk.stream("My helmet was stolen. Do you pay?", answer::append);

        assertThat(answer).containsIgnoringCase("not");
        assertThat(usage.calls()).allMatch(LlmCall::streaming);
    }

    @Test
    @MaxCalls(2)
    void looksAClaimUp(TokenUsage usage) {
        assertThat(desk.ask("How much do you pay for claim 7?")).contains("270");

        assertThat(usage.calls()).hasSize(2);
    }
}
