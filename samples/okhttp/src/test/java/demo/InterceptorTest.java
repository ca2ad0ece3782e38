package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.client.OkHttpUsageInterceptor;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import java.io.IOException;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that keeps its own address, and is watched by an interceptor. */
@MaxCost(0.001)
@LlmBudget(mode = Mode.MOCK)
class InterceptorTest {

    private OkHttpClient http;

    @BeforeEach
    void watch(CallRecorder recorder) {
        http = new OkHttpClient.Builder()
                .addInterceptor(new OkHttpUsageInterceptor(recorder))
                .build();
    }

    @Test
    void countsACallToTheServiceItself(TokenUsage usage) throws IOException {
        try (var service = new LocalService()) {
            new Translator(http, service.baseUrl(), "a key", "gpt-4o-mini").translate("Hello world");
        }

        assertThat(usage.calls()).extracting(LlmCall::origin).containsExactly(Origin.LIVE);
        assertThat(usage.inputTokens()).isEqualTo(12);
        assertThat(usage.outputTokens()).isEqualTo(4);
        assertThat(usage.incurredCost()).hasToString("$0.0000042");
    }

    @Test
    void countsACallToTheEndpointOnce(MockLlm llm, TokenUsage usage) {
        llm.reply("Bonjour le monde");

        new Translator(http, llm.baseUrl(), llm.apiKey(), "gpt-4o-mini").translate("Hello world");

        assertThat(usage.calls()).extracting(LlmCall::origin).containsExactly(Origin.MOCK);
    }
}
