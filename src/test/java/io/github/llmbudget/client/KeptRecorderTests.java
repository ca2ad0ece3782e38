package io.github.llmbudget.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LateCallError;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.testing.CompletionsService;
import io.github.llmbudget.testing.JupiterRun;
import io.github.llmbudget.testing.LocalUpstream;
import io.github.llmbudget.testing.ScriptedService;
import io.github.llmbudget.usage.CallRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are kept for several tests, with the recorder of the first. */
class KeptRecorderTests {

    @ParameterizedTest
    @ValueSource(classes = {WithListener.class, WithInterceptor.class})
    void failsTheTestThatRuns(Class<?> testCases, @TempDir Path reports) {
        Throwable failure = new JupiterRun(reports).failureOf(testCases);

        assertThat(failure)
                .isInstanceOf(LateCallError.class)
                .hasMessageContaining("the CallRecorder of KeptRecorderTests." + testCases.getSimpleName() + ".first");
    }

    @LlmBudget
    @TestMethodOrder(MethodOrderer.MethodName.class)
    abstract static class KeptTestCases {

        @Test
        void first(CallRecorder recorder) throws IOException {
            build(recorder);
            call();
        }

        @Test
        @MaxCalls(0)
        void second() throws IOException {
            call();
        }

        abstract void build(CallRecorder recorder);

        abstract void call() throws IOException;
    }

    static class WithListener extends KeptTestCases {

        private static final ScriptedService SERVICE = new ScriptedService();
        private static ChatModel model;

        @AfterAll
        static void stop() {
            SERVICE.close();
        }

        @Override
        void build(CallRecorder recorder) {
            SERVICE.script().otherwise(Reply.text("Bonjour"));
            model = OpenAiChatModel.builder()
                    .baseUrl(SERVICE.baseUrl())
                    .apiKey("sk-none")
                    .modelName("gpt-4o-mini")
                    .listeners(List.of(new LangChain4jUsageListener(recorder)))
                    .build();
        }

        @Override
        void call() {
            model.chat("Hello");
        }
    }

    static class WithInterceptor extends KeptTestCases {

        private static final LocalUpstream SERVICE = LocalUpstream.plain(new CompletionsService(true));
        private static OkHttpClient client;

        @AfterAll
        static void stop() {
            SERVICE.close();
        }

        @Override
        void build(CallRecorder recorder) {
            client = new OkHttpClient.Builder()
                    .addInterceptor(new OkHttpUsageInterceptor(recorder))
                    .build();
        }

        @Override
        void call() throws IOException {
            var request = new Request.Builder()
                    .url(SERVICE.baseUrl() + "/completions")
                    .post(RequestBody.create("{}", null))
                    .build();
            try (var response = client.newCall(request).execute()) {
                assertThat(response.body().string()).contains("scientists");
            }
        }
    }
}
