package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.TokenUsage;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@LlmBudget(mode = Mode.LIVE)
@MaxCost(0.001)
class ConciergeTest {

    private static final String UPSTREAM = "llmbudget.upstream";

    private static LocalCohere cohere;

    // Settings are read when a test begins, so this is early enough.
    @BeforeAll
    static void startTheService() throws IOException {
        cohere = new LocalCohere();
        System.setProperty(UPSTREAM, cohere.url());
    }

    @AfterAll
    static void stopTheService() {
        System.clearProperty(UPSTREAM);
        cohere.close();
    }

    // tag::own-format-test[]
    @Test
    void readsAnAnswer(LlmEndpoint llm, TokenUsage usage) {
        var concierge = new Concierge(llm.rootUrl(), llm.apiKey());

        assertThat(concierge.ask("When is breakfast?")).contains("seven");

        LlmCall call = usage.calls().get(0);
        assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(call.tokens()).isEqualTo(TokenCounts.of(12, 9)); // as billed, not as processed
        assertThat(call.provider()).isEqualTo("cohere");
        assertThat(usage.cost()).hasToString("$0.00012");
    }
    // end::own-format-test[]

    @Test
    void readsAStream(LlmEndpoint llm, TokenUsage usage) {
        var answer = new StringBuilder();

        new Concierge(llm.rootUrl(), llm.apiKey()).stream("When is breakfast?", answer::append);

        assertThat(answer).hasToString("Breakfast is from seven to ten.");
        LlmCall call = usage.calls().get(0);
        assertThat(call.streaming()).isTrue();
        assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(call.tokens()).isEqualTo(TokenCounts.of(12, 9));
        assertThat(call.model()).isEqualTo("command-a-03-2025"); // Cohere names none, so the requested one holds
        assertThat(call.timing().toFirstToken()).isNotNull();
    }

    @Test
    void estimatesWhatIsNotTold(LlmEndpoint llm, TokenUsage usage) {
        new Concierge(llm.rootUrl(), llm.apiKey()).stream("When is breakfast? (whispers)", text -> {});

        LlmCall call = usage.calls().get(0);
        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens().input()).isPositive();
        assertThat(call.tokens().output()).isPositive();
    }
}
