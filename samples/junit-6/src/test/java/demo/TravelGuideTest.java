package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same tests and the same budget for each model that may become the one of the guide. */
@ParameterizedClass
@ValueSource(strings = {"gpt-4o-mini", "gpt-4o"})
@MaxCost(0.001)
@MaxCalls(value = 6, per = Scope.CLASS)
record TravelGuideTest(String model) {

    @Test
    void recommendsASight(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("See the Belvedere.").usage(20, 5));

        assertThat(guide(llm).recommend("Vienna")).contains("Belvedere");

        assertThat(usage.byModel()).containsOnlyKeys(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Graz", "Linz"})
    void knowsTheCity(String city, MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("See the castle of " + city + ".").usage(20, 8));

        assertThat(guide(llm).recommend(city)).contains(city);

        assertThat(usage.totalTokens()).isEqualTo(28);
    }

    private TravelGuide guide(MockLlm llm) {
        return new TravelGuide(llm.baseUrl(), llm.apiKey(), model);
    }
}
