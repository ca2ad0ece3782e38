package demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

@MaxCost(0.001)
class TranslatorTest {

    // Built once, as in an application: whose test a call belongs to is told by its address.
    private static final OkHttpClient HTTP = new OkHttpClient();

    @Test
    @MaxCalls(1)
    void translates(MockLlm llm, TokenUsage usage) {
        llm.reply("Bonjour le monde");

        assertThat(translator(llm, "gpt-4o-mini").translate("Hello world")).containsIgnoringCase("bonjour");

        assertThat(usage.inputTokens()).isPositive();
        assertThat(usage.outputTokens()).isPositive();
    }

    @Test
    void streamsATranslation(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("Bonjour ", "le ", "monde"));
        var french = new StringBuilder();

        translator(llm, "gpt-4o-mini").stream("Hello world", french::append);

        assertThat(french).containsIgnoringCase("bonjour");
        assertThat(usage.calls()).allMatch(LlmCall::streaming);
        assertThat(usage.outputTokens()).isPositive();
    }

    @Test
    @MaxCalls(2)
    @LlmBudget(mode = Mode.MOCK)
    void triesAgainWhenTheServiceIsBusy(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.error(429, "Slow down")).reply("Bonjour le monde");

        assertThat(translator(llm, "gpt-4o-mini").translate("Hello world")).isEqualTo("Bonjour le monde");

        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.FAILED, CallStatus.COMPLETE);
    }

    @Test
    @LlmBudget(mode = Mode.MOCK)
    void countsWhatIsAnsweredTooLate(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("Bonjour le monde").usage(1_000, 500).after(Duration.ofMillis(400)));
        var hasty = HTTP.newBuilder().readTimeout(Duration.ofMillis(100)).build();
        var translator = new Translator(hasty, llm.baseUrl(), llm.apiKey(), "gpt-4o-mini");

        assertThatThrownBy(() -> translator.translate("Hello world")).hasRootCauseInstanceOf(IOException.class);

        usage.await();
        assertThat(usage.totalTokens()).isEqualTo(1_500);
    }

    // tag::own-price[]
    @Test
    @LlmBudget(mode = Mode.MOCK)
    void pricesAModelOfOurOwn(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("Bonjour le monde").usage(1_000, 500));

        translator(llm, "acme-translate").translate("Hello world");

        assertThat(usage.cost()).hasToString("$0.0006");
    }
    // end::own-price[]

    private static Translator translator(LlmEndpoint llm, String model) {
        return new Translator(HTTP, llm.baseUrl(), llm.apiKey(), model);
    }
}
