package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.jupiter.LlmCassette;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@LlmCassette
@MaxCost(0.01)
class TripPlannerTest {

    private TripPlanner planner;

    @BeforeEach
    void createPlanner(LlmEndpoint llm) {
        planner = new TripPlanner(llm.rootUrl(), llm.apiKey());
    }

    @Test
    @MaxCalls(1)
    void plansATrip(TokenUsage usage) {
        assertThat(planner.plan("One day in Bergen, with rain. One sentence.")).contains("Bergen");

        assertThat(usage.reasoningTokens()).isBetween(1L, usage.outputTokens());
    }

    @Test
    void streamsATrip(TokenUsage usage) {
        var plan = new StringBuilder();

        planner.stream("One day in Bergen, with rain. One sentence.", plan::append);

        assertThat(plan).contains("Bergen");
        assertThat(usage.calls()).allMatch(LlmCall::streaming);
    }

    @Test
    @MaxCalls(2)
    void looksATrainUp(TokenUsage usage) throws Exception {
        assertThat(planner.planByTrain("How do I get to Voss today? Look the train up."))
                .contains("9:12");

        assertThat(usage.calls()).hasSize(2);
    }
}
