package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.jupiter.BindSystemProperties;
import io.github.llmbudget.jupiter.LlmBudgetExtension;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of the guide whose client is built before its test knows of it. */
@Tag("guide")
class BuiltBeforehandTest {

    // tag::register-extension[]
    @RegisterExtension
    static final LlmBudgetExtension LLM =
            LlmBudgetExtension.builder().maxCost(0.01).maxTokens(500).build();

    static final SupportBot BOT =
            new SupportBot(LLM.endpoint().baseUrl(), LLM.endpoint().apiKey());

    @Test
    void answers(MockLlm llm) {
        llm.reply("In 5 days.");

        assertThat(BOT.ask("Where is my refund?")).isEqualTo("In 5 days.");
    }
    // end::register-extension[]

    // tag::from-environment[]
    @Test
    @BindSystemProperties
    @MaxCalls(1)
    void answersFromTheEnvironment(MockLlm llm, TokenUsage usage) {
        llm.reply("In 5 days.");

        assertThat(SupportBot.fromEnv().ask("Where is my refund?")).isEqualTo("In 5 days.");

        assertThat(usage.calls()).hasSize(1);
    }
    // end::from-environment[]
}
