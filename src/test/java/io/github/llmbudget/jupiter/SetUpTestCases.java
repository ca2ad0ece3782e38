package io.github.llmbudget.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Tests with clients from the environment, and tests that are set up wrongly. */
final class SetUpTestCases {

    private SetUpTestCases() {}

    /** What a client does that is built from the environment. */
    private static TestClient fromEnvironment() {
        return new TestClient(System.getProperty("openai.baseUrl"), System.getProperty("openai.apiKey"));
    }

    @LlmBudget(bindSystemProperties = true)
    static class Bound {

        private static TestClient once;

        @BeforeAll
        static void callInSetUp(MockLlm llm, TokenUsage usage) {
            llm.reply("In the set-up.");
            once = fromEnvironment();
            assertThat(once.chat("gpt-4o", "Hi").body()).contains("In the set-up.");
            assertThat(usage.calls()).hasSize(1);
        }

        @RepeatedTest(3)
        void test(MockLlm llm, TokenUsage usage) {
            llm.reply(2, Reply.text("Hello."));
            assertThat(once.chat("gpt-4o", "Hi").statusCode()).isEqualTo(200);
            assertThat(fromEnvironment().chat("gpt-4o", "Hi").statusCode()).isEqualTo(200);
            assertThat(usage.calls()).hasSize(2);
            assertThat(System.getProperty("anthropic.baseUrl") + "/v1").isEqualTo(System.getProperty("openai.baseUrl"));
            assertThat(System.getProperty("anthropic.apiKey")).isEqualTo(System.getProperty("openai.apiKey"));
        }
    }

    /** Runs beside tests that are not bound, and the others of its own wait. */
    static class BoundWithLock {

        @RepeatedTest(8)
        @BindSystemProperties
        void bound(MockLlm llm, TokenUsage usage) {
            llm.reply(3, Reply.text("Hello."));
            for (int i = 0; i < 3; i++) {
                assertThat(fromEnvironment().chat("gpt-4o", "Hi").statusCode()).isEqualTo(200);
            }
            assertThat(usage.calls()).hasSize(3);
        }

        @RepeatedTest(8)
        @LlmBudget
        void unbound(MockLlm llm, TokenUsage usage) {
            llm.reply("Hello.");
            assertThat(new TestClient(llm).chat("gpt-4o", "Hi").statusCode()).isEqualTo(200);
            assertThat(usage.calls()).hasSize(1);
        }
    }

    @LlmBudget(bindSystemProperties = true)
    static class WithoutLock {

        @Test
        void test() {}
    }

    @LlmBudget(bindSystemProperties = true)
    @ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
    static class WithLockForReading {

        @Test
        void test() {}
    }

    @LlmBudget(bindSystemProperties = true)
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    static class WithItsOwnLock {

        @Test
        void test() {}
    }

    @LlmBudget(bindSystemProperties = true)
    @Isolated
    static class Alone {

        @Test
        void test() {}
    }

    /** Gives its clients the wrong one of two addresses. */
    static class WrongBaseUrl {

        @Test
        @LlmBudget
        void withoutVersion(MockLlm llm, TokenUsage usage) {
            llm.reply(2, Reply.text("Hello."));
            var client = new TestClient(llm.rootUrl(), llm.apiKey());
            client.chat("gpt-4o", "Hi");
            client.chat("gpt-4o", "Hi");
            assertThat(usage.calls()).hasSize(2);
        }

        @Test
        @LlmBudget
        void withVersionTwice(MockLlm llm, TokenUsage usage) {
            llm.reply("Hello.");
            new TestClient(llm.baseUrl() + "/v1", llm.apiKey()).chat("gpt-4o", "Hi");
            assertThat(usage.calls()).hasSize(1);
        }

        @Test
        @LlmBudget
        void right(MockLlm llm) {
            llm.reply("Hello.");
            new TestClient(llm).chat("gpt-4o", "Hi");
        }
    }

    static class Bypass {

        @Test
        @MaxCost(1)
        void talksToTheServiceItself() throws Exception {
            callTheService();
        }

        @Test
        @MaxCost(1)
        void recordsWhatItSays(CallRecorder recorder) throws Exception {
            assertThat(recorder).isNotNull();
            callTheService();
        }

        @Test
        void isNotWatched() throws Exception {
            callTheService();
        }
    }

    private static void callTheService() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://api.openai.com/v1/models"))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("by proxy");
    }

    @MaxTokens(1_000)
    static class Idle {

        @Test
        void first() {}

        @Test
        @MaxCalls(0)
        void expectsNone() {}

        @Test
        @MaxCost(1)
        void second() {}

        @Test
        @ExpectNoLlmCalls
        void third() {}
    }

    /** Two at once: one watches its client from within, the other calls nothing. */
    static class BypassAtOnce {

        private static final CountDownLatch BOTH_RUN = new CountDownLatch(2);
        private static final CountDownLatch CALLED = new CountDownLatch(1);

        @Test
        @LlmBudget
        void recordsWhatItSays(CallRecorder recorder) throws Exception {
            assertThat(recorder).isNotNull();
            BOTH_RUN.countDown();
            assertThat(BOTH_RUN.await(10, TimeUnit.SECONDS)).isTrue();
            callTheService();
            CALLED.countDown();
        }

        @Test
        @LlmBudget
        void runsBesideIt() throws Exception {
            BOTH_RUN.countDown();
            assertThat(CALLED.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @LlmBudget(bindSystemProperties = true)
    @Execution(ExecutionMode.SAME_THREAD)
    static class OnOneThread {

        @Test
        void test() {}
    }

    /** Its only call is in a test that fails for another reason. */
    @MaxTokens(1_000)
    static class NotIdleButFailed {

        @Test
        void calls(MockLlm llm) {
            llm.reply("Hello.");
            new TestClient(llm).chat("gpt-4o", "Hi");
            throw new AssertionError("for another reason");
        }

        @Test
        void doesNotCall() {}
    }

    @MaxCalls(value = 1, per = Scope.CLASS, role = Role.SETUP)
    static class NotIdleInSetUp {

        @BeforeAll
        static void callInSetUp(MockLlm llm) {
            llm.reply("Hello.");
            new TestClient(llm).chat("gpt-4o", "Hi");
        }

        @Test
        void doesNotCall() {}
    }

    @MaxTokens(1_000)
    static class ExpectsNone {

        @Test
        @ExpectNoLlmCalls
        void doesNotCall() {}
    }

    @MaxTokens(1_000)
    static class NotIdle {

        @Test
        void calls(MockLlm llm) {
            llm.reply("Hello.");
            new TestClient(llm).chat("gpt-4o", "Hi");
        }

        @Test
        void doesNotCall() {
            assertThat(List.of()).isEmpty();
        }
    }
}
