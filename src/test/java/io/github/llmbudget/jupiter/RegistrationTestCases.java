package io.github.llmbudget.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Classes that register the extension by a field. */
final class RegistrationTestCases {

    private RegistrationTestCases() {}

    private static void call(TestClient client, MockLlm llm, int times) {
        llm.reply(times, io.github.llmbudget.endpoint.Reply.text("Hello."));
        for (int i = 0; i < times; i++) {
            assertThat(client.chat("gpt-4o", "Hi").statusCode()).isEqualTo(200);
        }
    }

    static class StaticField {

        @RegisterExtension
        static final LlmBudgetExtension LLM =
                LlmBudgetExtension.builder().maxCalls(1).maxCost(1).build();

        static final TestClient CLIENT = new TestClient(LLM.endpoint());

        static TestClient another;

        @BeforeAll
        static void callInSetUp(MockLlm llm, TokenUsage usage) {
            another = new TestClient(LLM.endpoint());
            call(another, llm, 1);
            assertThat(usage.calls()).hasSize(1);
        }

        @Test
        void within(MockLlm llm, TokenUsage usage) {
            call(CLIENT, llm, 1);
            assertThat(usage.calls()).hasSize(1);
        }

        @Test
        void over(MockLlm llm) {
            call(CLIENT, llm, 1);
            call(another, llm, 1);
        }

        @Test
        @MaxCalls(2)
        void withinTheLimitOfTheMethod(MockLlm llm) {
            call(CLIENT, llm, 2);
        }

        @Nested
        class Inner {

            @Test
            void overInNested(MockLlm llm) {
                call(CLIENT, llm, 2);
            }
        }
    }

    static class FieldOfAWiderType {

        @RegisterExtension
        static final Extension LLM = LlmBudgetExtension.builder().maxCalls(1).build();

        @Test
        void over(MockLlm llm) {
            call(new TestClient(llm), llm, 2);
        }
    }

    static class InstanceField {

        @RegisterExtension
        final LlmBudgetExtension llm = LlmBudgetExtension.builder().maxCalls(1).build();

        @Test
        void within(MockLlm llm) {
            call(new TestClient(llm), llm, 1);
        }

        @Test
        void over(MockLlm llm) {
            call(new TestClient(llm), llm, 2);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class FieldOfTheOneInstance {

        @RegisterExtension
        final LlmBudgetExtension llm = LlmBudgetExtension.builder().maxCalls(1).build();

        @BeforeAll
        void callInSetUp(MockLlm llm) {
            call(new TestClient(llm), llm, 1);
        }

        @Test
        void over(MockLlm llm) {
            call(new TestClient(llm), llm, 2);
        }
    }

    @MaxTokens(1_000)
    static class FieldAndAnnotation {

        @RegisterExtension
        static final LlmBudgetExtension LLM =
                LlmBudgetExtension.builder().maxCalls(1).build();

        @BeforeAll
        static void callInSetUp(MockLlm llm, TokenUsage usage) {
            call(new TestClient(llm), llm, 1);
            assertThat(usage.calls()).hasSize(1);
        }

        @Test
        void over(MockLlm llm, TokenUsage usage) {
            call(new TestClient(llm), llm, 2);
            assertThat(usage.calls()).hasSize(2);
        }

        @Test
        void within(MockLlm llm) {
            call(new TestClient(llm), llm, 1);
        }
    }

    static class Base {

        @RegisterExtension
        static final LlmBudgetExtension LLM =
                LlmBudgetExtension.builder().maxCalls(1).build();
    }

    static class Inherits extends Base {

        @Test
        void over(MockLlm llm) {
            call(new TestClient(llm), llm, 2);
        }
    }

    @MaxCalls(2)
    static class InheritsAndLoosens extends Base {

        @Test
        void within(MockLlm llm) {
            call(new TestClient(llm), llm, 2);
        }
    }

    static class TwoFields {

        @RegisterExtension
        static final LlmBudgetExtension ONE =
                LlmBudgetExtension.builder().maxCalls(1).build();

        @RegisterExtension
        static final LlmBudgetExtension OTHER =
                LlmBudgetExtension.builder().maxCost(1).build();

        @Test
        void test() {}
    }

    @MaxCalls(2)
    static class TheSameLimitTwice {

        @RegisterExtension
        static final LlmBudgetExtension LLM =
                LlmBudgetExtension.builder().maxCalls(1).build();

        @Test
        void test() {}
    }

    static class Pinned {

        @RegisterExtension
        static final LlmBudgetExtension LLM =
                LlmBudgetExtension.builder().mode(Mode.MOCK).build();

        @Test
        void test(LlmEndpoint llm) {
            assertThat(llm.mode()).isEqualTo(Mode.MOCK);
        }
    }

    @LlmBudget(mode = Mode.LIVE)
    static class PinnedTwice {

        @RegisterExtension
        static final LlmBudgetExtension LLM =
                LlmBudgetExtension.builder().mode(Mode.MOCK).build();

        @Test
        void test() {}
    }

    static class WideFieldOfAnInstance {

        @RegisterExtension
        final Extension wide = LlmBudgetExtension.builder().maxCalls(1).build();

        @Test
        void over(MockLlm llm) {
            call(new TestClient(llm), llm, 2);
        }
    }

    static class Hard {

        @RegisterExtension
        static final LlmBudgetExtension LLM =
                LlmBudgetExtension.builder().maxCalls(1).hard().build();

        @Test
        void over(MockLlm llm) {
            call(new TestClient(llm), llm, 1);
            assertThat(new TestClient(llm).chat("gpt-4o", "Hi").statusCode()).isEqualTo(402);
        }
    }
}
