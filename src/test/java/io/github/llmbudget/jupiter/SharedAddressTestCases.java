package io.github.llmbudget.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageSpan;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Clients that are built once a JVM, and spans with addresses of their own. */
final class SharedAddressTestCases {

    /** As a Spring context or a static field would hold it. */
    static final TestClient CLIENT = new TestClient(LlmEndpoint.shared());

    private SharedAddressTestCases() {}

    static class OneAfterTheOther {

        @Test
        @MaxCalls(1)
        void first(MockLlm llm, TokenUsage usage) {
            llm.reply("first");
            assertThat(CLIENT.chat("gpt-4o", "Hi").body()).contains("first");
            assertThat(usage.calls()).hasSize(1);
        }

        @Test
        @MaxCalls(1)
        void second(MockLlm llm, TokenUsage usage) {
            llm.reply("second");
            assertThat(CLIENT.chat("gpt-4o", "Hi").body()).contains("second");
            assertThat(usage.calls()).hasSize(1);
            assertThat(LlmEndpoint.shared().mode()).isEqualTo(llm.mode());
        }

        @Test
        @MaxCalls(value = 0, hard = true)
        void isHeldToTheLimitsOfTheTest(MockLlm llm) {
            assertThat(CLIENT.chat("gpt-4o", "Hi").statusCode()).isEqualTo(402);
        }
    }

    static class WithoutParameters {

        @Test
        @LlmBudget
        void test() {
            assertThat(CLIENT.chat("gpt-4o", "Hi").statusCode()).isEqualTo(400);
        }
    }

    static class AtOnceWithoutSayingWhose {

        private static final CyclicBarrier BOTH = new CyclicBarrier(2);

        @RepeatedTest(2)
        @LlmBudget
        void test(MockLlm llm, TokenUsage usage, RepetitionInfo info) throws Exception {
            llm.otherwise(Reply.text("whose?"));
            BOTH.await(20, TimeUnit.SECONDS);
            if (info.getCurrentRepetition() == 1) {
                var answer = CLIENT.chat("gpt-4o", "Hi");
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("unattributed_call").contains("X-LlmBudget-Test");
            }
            BOTH.await(20, TimeUnit.SECONDS);
            assertThat(usage.calls()).isEmpty();
        }
    }

    static class AtOnceByHeader {

        @RepeatedTest(16)
        @MaxCalls(3)
        void test(MockLlm llm, TokenUsage usage, RepetitionInfo info) {
            int own = info.getCurrentRepetition();
            llm.otherwise(Reply.text("reply " + own));
            String name = "SharedAddressTestCases.AtOnceByHeader.test[" + own + "]";

            for (String header : new String[] {llm.apiKey(), name}) {
                assertThat(CLIENT.with(LlmEndpoint.TEST_HEADER, header)
                                .chat("gpt-4o", "Hi")
                                .body())
                        .contains("reply " + own + "\"");
            }
            assertThat(CLIENT.with(LlmEndpoint.TEST_HEADER, "Nobody.atAll")
                            .chat("gpt-4o", "Hi")
                            .statusCode())
                    .isEqualTo(404);

            assertThat(usage.calls()).hasSize(2);
        }
    }

    @LlmBudget
    static class AroundTheTests {

        @BeforeAll
        static void prepare(MockLlm llm, TokenUsage usage) {
            llm.otherwise(Reply.text("prepared"));
            assertThat(CLIENT.chat("gpt-4o", "Hi").body()).contains("prepared");
            assertThat(usage.calls()).extracting(LlmCall::role).containsExactly(Role.SETUP);
        }

        @Test
        @MaxCalls(1)
        void test(MockLlm llm, TokenUsage usage) {
            llm.reply("tested");
            assertThat(CLIENT.chat("gpt-4o", "Hi").body()).contains("tested");
            assertThat(usage.calls()).hasSize(1);
        }

        @AfterAll
        static void tidyUp(TokenUsage usage) {
            assertThat(CLIENT.chat("gpt-4o", "Hi").statusCode()).isEqualTo(200);
            assertThat(usage.calls()).hasSize(2);
        }
    }

    /** Two classes that run at once: one is set up while a test of the other runs. */
    static final class SetUpMeanwhile {

        private static final CyclicBarrier BOTH = new CyclicBarrier(2);

        private SetUpMeanwhile() {}

        private static void together() throws Exception {
            BOTH.await(20, TimeUnit.SECONDS);
        }

        @LlmBudget
        static class Testing {

            @Test
            void runs(MockLlm llm, TokenUsage usage) throws Exception {
                llm.reply("tested");
                together();
                together();
                assertThat(CLIENT.with(LlmEndpoint.TEST_HEADER, llm.apiKey())
                                .chat("gpt-4o", "Hi")
                                .body())
                        .contains("tested");
                assertThat(usage.calls()).hasSize(1);
            }
        }

        @LlmBudget
        static class SettingUp {

            @BeforeAll
            static void prepare(MockLlm llm, TokenUsage usage) throws Exception {
                llm.reply("prepared");
                together();
                assertThat(CLIENT.with(LlmEndpoint.TEST_HEADER, llm.apiKey())
                                .chat("gpt-4o", "Hi")
                                .body())
                        .contains("prepared");
                assertThat(usage.calls()).hasSize(1);
                together();
            }

            @Test
            void test() {}
        }
    }

    static class SpansByAddress {

        @Test
        @MaxCalls(1)
        void keepApartWhatRunsAtTheSameTime(MockLlm llm, TokenUsage usage) {
            llm.otherwise(Reply.text("Hello"));
            UsageSpan judge = usage.span("judge", Role.JUDGE);
            UsageSpan second = judge.span("second judge", Role.JUDGE);
            TestClient judging = new TestClient(judge.baseUrl(), llm.apiKey());
            TestClient judgingAgain = new TestClient(second.baseUrl(), llm.apiKey());

            var calls = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < 5; i++) {
                calls.add(judging.chatAsync("gpt-4o", "Rate it"));
                calls.add(judgingAgain.chatAsync("gpt-4o", "Rate it again"));
            }
            calls.add(new TestClient(llm).chatAsync("gpt-4o", "Hi"));
            calls.forEach(CompletableFuture::join);
            judge.close();
            judging.chat("gpt-4o", "Rate it late");

            assertThat(second.calls()).hasSize(5);
            assertThat(judge.calls()).hasSize(11);
            assertThat(usage.calls()).hasSize(12);
            assertThat(usage.calls())
                    .filteredOn(call -> call.role() == Role.SUBJECT)
                    .hasSize(1);
        }

        @Test
        @MaxCalls(value = 0, hard = true)
        void passTheGateOfTheirRole(MockLlm llm, TokenUsage usage) {
            llm.otherwise(Reply.text("Hello"));
            UsageSpan judge = usage.span("judge", Role.JUDGE);

            assertThat(new TestClient(judge.baseUrl(), llm.apiKey())
                            .chat("gpt-4o", "Rate it")
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
