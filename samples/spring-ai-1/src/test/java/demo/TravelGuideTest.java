package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@MaxCost(0.001)
class TravelGuideTest {

    @Autowired
    private TravelGuide guide;

    @Test
    void answers(MockLlm llm, TokenUsage usage) {
        llm.reply("Take the train to Lisbon.");

        assertThat(guide.ask("How do I get to Lisbon?")).containsIgnoringCase("lisbon");

        assertThat(usage.calls()).hasSize(1);
        assertThat(usage.inputTokens()).isPositive();
    }
}
