package io.github.llmbudget.jupiter;

import io.github.llmbudget.client.OkHttpUsageInterceptor;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.CallRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;

/** Tests that say something, for the tests of what is kept of it. */
final class PromptTestCases {

    static volatile String operation = "/chat/completions";
    static volatile String body = "";

    private PromptTestCases() {}

    @LlmBudget
    static class Asking {
        @Test
        void asks(LlmEndpoint llm) {
            try {
                new TestClient(llm).post(operation, body);
            } catch (UncheckedIOException refused) {
                // A service that hangs up has been asked all the same.
            }
        }
    }

    @LlmCassette(redactPaths = "$.messages[*].content", redactPatterns = "order-\\d+")
    static class AskingInPrivate extends Asking {}

    @LlmBudget
    static class AskingTwice {
        @Test
        void asks(LlmEndpoint llm) {
            TestClient client = new TestClient(llm);
            client.chat("gpt-4o", "Where is my refund?");
            client.chat("gpt-4o", "And when will it come?");
        }
    }

    @LlmBudget
    static class FetchingAgain {
        @Test
        void asksAndFetches(LlmEndpoint llm) {
            TestClient client = new TestClient(llm);
            client.post("/responses", "{\"model\":\"gpt-4o\",\"input\":\"Where is my refund?\"}");
            client.get("/responses/resp_1");
        }
    }

    @LlmBudget
    static class WithoutEndpoint {

        static volatile String upstream = "";

        @Test
        void asks(CallRecorder recorder) throws IOException {
            OkHttpClient client = new OkHttpClient.Builder()
                    .addInterceptor(new OkHttpUsageInterceptor(recorder))
                    .build();
            Request request = new Request.Builder()
                    .url(upstream + operation)
                    .header("Authorization", "Bearer key-of-the-client-itself")
                    .post(RequestBody.create(body, MediaType.get("application/json")))
                    .build();
            client.newCall(request).execute().body().string();
        }
    }
}
