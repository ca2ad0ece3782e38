package io.github.llmbudget.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.testing.CompletionsService;
import io.github.llmbudget.testing.LocalUpstream;
import io.github.llmbudget.testing.RequestProbe;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@LlmBudget
class OkHttpUsageInterceptorTests {

    private OkHttpClient client;
    private LocalUpstream service;

    @BeforeEach
    void prepare(CallRecorder recorder) {
        client = new OkHttpClient.Builder()
                .addInterceptor(new OkHttpUsageInterceptor(recorder))
                .build();
        service = LocalUpstream.plain(new CompletionsService(true));
    }

    @AfterEach
    void stop() {
        service.close();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    @Test
    void recordsACallToTheServiceItself(TokenUsage usage) throws IOException {
        try (Response response = complete(service.baseUrl(), "")) {
            assertThat(response.body().string()).contains("scientists");
        }

        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.origin()).isEqualTo(Origin.LIVE);
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(call.tokens().total()).isEqualTo(18);
        });
        assertThat(usage.incurredCost()).hasToString("$0.000034");
    }

    @Test
    void estimatesAStreamThatIsNotAskedForUsage(TokenUsage usage) throws IOException {
        try (Response response = complete(service.baseUrl(), ",\"stream\":true")) {
            assertThat(response.body().string()).contains("scientists").endsWith("data: [DONE]\n\n");
        }

        assertThat(usage.calls()).extracting(LlmCall::countSource).containsExactly(CountSource.ESTIMATED);
        assertThat(usage.totalTokens()).isEqualTo(18);
    }

    @Test
    void recordsAStreamThatTheCallerCloses(TokenUsage usage) throws IOException {
        try (Response response = complete(service.baseUrl(), ",\"stream\":true")) {
            assertThat(response.body().source().readUtf8Line()).contains("\\n\\n");
        }

        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.CUT);
        assertThat(usage.inputTokens()).isEqualTo(4);
    }

    @Test
    void recordsACallThatFindsNoService(TokenUsage usage) {
        String nobody = service.baseUrl();
        service.close();

        assertThatThrownBy(() -> complete(nobody, "")).isInstanceOf(IOException.class);

        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.FAILED);
    }

    @Test
    void leavesCallsToAnEndpointToTheEndpoint(MockLlm llm, TokenUsage usage) throws IOException {
        llm.reply("Only once");

        complete(llm.baseUrl(), "").close();

        assertThat(usage.calls()).extracting(LlmCall::origin).containsExactly(Origin.MOCK);
    }

    @Test
    void tellsTheFormatsTheHostOfTheService() throws IOException {
        client.newCall(new Request.Builder()
                        .url(service.baseUrl() + "/seen/by/interceptor?a=b")
                        .build())
                .execute()
                .close();

        assertThat(RequestProbe.seen("/v1/seen/by/interceptor?a=b").host()).isEqualTo("127.0.0.1");
    }

    private Response complete(String baseUrl, String more) throws IOException {
        String body = "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Tell me a joke\"" + more + "}";
        return client.newCall(new Request.Builder()
                        .url(baseUrl + "/completions")
                        .post(RequestBody.create(body, MediaType.get("application/json")))
                        .build())
                .execute();
    }
}
