package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@MaxCost(0.001)
class SummarizerTest {

    private static final String ARTICLE =
            "The bakery at the corner has been open since 1903, and still sells rye bread.";

    @Test
    @MaxCalls(1)
    void summarizesAnArticle(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply("An old bakery sells rye bread.");

        assertThat(summarizer(llm).summarize(ARTICLE)).contains("bakery");

        assertThat(usage.inputTokens()).isBetween(20L, 60L);
    }

    @Test
    @MaxCalls(3)
    void summarizesThreeAtOnce(MockLlm llm, TokenUsage usage) {
        llm.otherwise(Reply.text("An old bakery sells rye bread."));

        assertThat(summarizer(llm).summarizeAll(List.of(ARTICLE, ARTICLE, ARTICLE)))
                .allSatisfy(summary -> assertThat(summary).contains("bakery"));

        assertThat(usage.calls()).hasSize(3);
    }

    @Test
    void streamsASummary(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(Reply.stream("An old bakery ", "sells ", "rye bread."));
        var pieces = new ArrayList<String>();

        summarizer(llm).stream(ARTICLE, pieces::add);

        assertThat(String.join("", pieces)).contains("bakery");
        assertThat(usage.calls()).allMatch(LlmCall::streaming);
        assertThat(usage.outputTokens()).isPositive(); // though the request did not ask for it
    }

    @Test
    @LlmBudget(mode = Mode.MOCK)
    void asksAgainAfterAnError(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(Reply.error(500)).reply("An old bakery sells rye bread.");

        assertThat(summarizer(llm).summarize(ARTICLE)).contains("bakery");

        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.FAILED, CallStatus.COMPLETE);
    }

    @Test
    @LlmBudget(mode = Mode.MOCK)
    void paysForAnAnswerThatCameTooLate(MockLlm llm, TokenUsage usage) throws Exception {
        var late = Reply.text("An old bakery sells rye bread.").after(Duration.ofMillis(1_500));
        llm.reply(late).reply("A bakery sells bread.");
        var hasty = new Summarizer(llm.baseUrl(), llm.apiKey(), Duration.ofSeconds(1));

        assertThat(hasty.summarize(ARTICLE)).isEqualTo("A bakery sells bread.");

        assertThat(usage.await()).isTrue();
        assertThat(usage.calls()).hasSize(2);
        assertThat(usage.cost().isComplete()).isTrue();
    }

    private static Summarizer summarizer(LlmEndpoint llm) {
        return new Summarizer(llm.baseUrl(), llm.apiKey(), Duration.ofSeconds(30));
    }
}
