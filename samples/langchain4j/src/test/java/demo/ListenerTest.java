package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.client.LangChain4jUsageListener;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.Test;

/** For a guide that talks to the service itself. */
class ListenerTest {

    // tag::langchain4j[]
    @Test
    @MaxCost(0.001)
    void asksTheServiceItself(CallRecorder recorder, TokenUsage usage) throws Exception {
        try (var service = new TravelService()) {
            var guide = new TravelGuide(service.url(), "sk-own-key", new LangChain4jUsageListener(recorder));

            assertThat(guide.ask("How do I get to Lisbon?")).contains("Lisbon");

            assertThat(usage.calls()).hasSize(1);
            assertThat(usage.totalTokens()).isEqualTo(18);
        }
    }
    // end::langchain4j[]

    @Test
    @MaxCost(0.001)
    void countsACallOnceThatPassesTheEndpointToo(CallRecorder recorder, MockLlm llm, TokenUsage usage) {
        llm.reply("Take the train to Lisbon.");
        var guide = new TravelGuide(llm.baseUrl(), llm.apiKey(), new LangChain4jUsageListener(recorder));

        guide.ask("How do I get to Lisbon?");

        assertThat(usage.calls()).hasSize(1);
    }
}
