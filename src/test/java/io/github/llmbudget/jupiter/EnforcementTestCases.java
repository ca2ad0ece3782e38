package io.github.llmbudget.jupiter;

import static io.github.llmbudget.jupiter.LimitTestCases.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.Over;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageSpan;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits that hold while calls run, or for several tests together. */
final class EnforcementTestCases {

    private static final String CHAT = "/chat/completions";
    private static final String WORDS = "one two three four five six seven eight nine ten";

    private EnforcementTestCases() {}

    private static void during(TokenUsage usage, Role role, Runnable calls) {
        int before = usage.calls().size();
        try (UsageSpan span = usage.span("a part", role)) {
            calls.run();
            assertThat(span.calls()).hasSize(usage.calls().size() - before);
        }
    }

    static class RefusesTheThirdCall {

        @Test
        @MaxCalls(value = 2, hard = true)
        void test(MockLlm llm, TokenUsage usage) {
            llm.otherwise(Reply.text("Hello").usage(8, 1));
            TestClient client = new TestClient(llm);

            assertThat(client.chat("gpt-4o", "Hi").statusCode()).isEqualTo(200);
            assertThat(client.chat("gpt-4o", "Hi").statusCode()).isEqualTo(200);
            assertThat(client.chat("gpt-4o", "Hi").statusCode()).isEqualTo(402);
            assertThat(client.post(CHAT, TestClient.chatBody("gpt-4o", "Hi", ",\"max_tokens\":20"))
                            .statusCode())
                    .isEqualTo(402);

            assertThat(usage.calls()).hasSize(2);
        }
    }

    static class RefusesWhatCostsTooMuch {

        @Test
        @MaxCost(value = 0.0001, hard = true)
        void test(MockLlm llm) {
            llm.otherwise(Reply.text("Hello").usage(8, 8));

            new TestClient(llm).chat("gpt-4o", "Hi");
            new TestClient(llm).chat("gpt-4o", "Hi");
        }
    }

    static class CutsAStream {

        @Test
        @MaxTokens(output = 4, hard = true)
        void test(MockLlm llm) {
            llm.otherwise(Reply.text(WORDS));

            assertThat(new TestClient(llm)
                            .post(CHAT, TestClient.chatBody("gpt-4o", "Hi", ",\"stream\":true,\"max_tokens\":50"))
                            .body())
                    .contains("three")
                    .doesNotContain("five")
                    .doesNotContain("[DONE]");
        }
    }

    static class HoldsEachCallByItself {

        @Test
        @MaxTokens(value = 20, per = Scope.CALL)
        @MaxTokens(60)
        void held(MockLlm llm) {
            call(llm, 3);
        }

        @Test
        @MaxTokens(value = 17, per = Scope.CALL)
        @MaxTokens(60)
        void broken(MockLlm llm) {
            call(llm, 3);
        }

        @Test
        @MaxTokens(input = 4, per = Scope.CALL, hard = true)
        void refused(MockLlm llm) {
            llm.reply(Reply.text("Hello"));
            assertThat(new TestClient(llm).chat("gpt-4o", "Hi").statusCode()).isEqualTo(402);
        }
    }

    @MaxCalls(value = 3, per = Scope.CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class SharesALimit {

        @Test
        @Order(1)
        void first(MockLlm llm) {
            call(llm, 2);
        }

        @Test
        @Order(2)
        void crosses(MockLlm llm) {
            call(llm, 2);
        }

        @Test
        @Order(3)
        void goesOn(MockLlm llm) {
            call(llm, 1);
        }

        @Test
        @Order(4)
        void callsNothing() {}
    }

    /** Has its answer from a cache when it is run again. */
    static class FailsTheFirstTime {

        static final AtomicInteger ATTEMPTS = new AtomicInteger();

        @Test
        @MaxCalls(3)
        void test(MockLlm llm) {
            if (ATTEMPTS.incrementAndGet() == 1) {
                call(llm, 1);
                throw new AssertionError("The first time it goes wrong.");
            }
        }
    }

    @MaxCost(value = 1, per = Scope.CLASS)
    static class SharesACostThatNobodyKnows {

        @Test
        @MaxTokens(100)
        void callsAModelWithAPrice(MockLlm llm) {
            call(llm, 1);
        }

        @Test
        @MaxCost(0.5)
        @MaxTokens(100)
        void callsAModelWithoutOne(MockLlm llm) {
            llm.reply(Reply.text("Hi").usage(1, 1));
            new TestClient(llm).chat("theirs", "Hi");
        }
    }

    @MaxCalls(value = 3, per = Scope.CLASS, hard = true)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class SharesAHardLimit {

        @Test
        @Order(1)
        void first(MockLlm llm) {
            call(llm, 2);
        }

        @Nested
        class Inner {

            @Test
            void isRefused(MockLlm llm) {
                llm.otherwise(Reply.text("Hello").usage(4, 14));
                TestClient client = new TestClient(llm);
                assertThat(client.chat("gpt-4o", "Hi").statusCode()).isEqualTo(200);
                assertThat(client.chat("gpt-4o", "Hi").statusCode()).isEqualTo(402);
            }
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @LlmBudget
    static class FirstOfTheRun {

        @Test
        @Order(1)
        void first(MockLlm llm) {
            call(llm, 2);
        }

        @Test
        @Order(2)
        void crosses(MockLlm llm) {
            call(llm, 2);
        }

        @Test
        @Order(3)
        void isRefused(MockLlm llm) {
            llm.otherwise(Reply.text("Hello"));
            assertThat(new TestClient(llm).chat("gpt-4o", "Hi").body())
                    .contains("was crossed by EnforcementTestCases.FirstOfTheRun.crosses");
        }

        @Test
        @Order(4)
        void callsNothing() {}
    }

    static class OtherRoles {

        @Test
        @MaxCalls(1)
        void areOutsideOfTheLimit(MockLlm llm, TokenUsage usage) {
            call(llm, 1);
            during(usage, Role.JUDGE, () -> {
                call(llm, 2);
            });
        }

        @Test
        @MaxCalls(1)
        @MaxCalls(value = 1, role = Role.JUDGE)
        void haveALimitOfTheirOwn(MockLlm llm, TokenUsage usage) {
            call(llm, 1);
            during(usage, Role.JUDGE, () -> {
                call(llm, 2);
            });
        }

        @Test
        @MaxCalls(
                value = 2,
                role = {Role.SUBJECT, Role.JUDGE})
        void areCountedWithTheOthers(MockLlm llm, TokenUsage usage) {
            call(llm, 1);
            during(usage, Role.JUDGE, () -> {
                call(llm, 2);
            });
        }

        @Test
        @MaxCalls(value = 0, hard = true)
        void passTheGate(MockLlm llm, TokenUsage usage) {
            llm.otherwise(Reply.text("Hello"));
            during(usage, Role.SETUP, () -> {
                assertThat(new TestClient(llm).chat("gpt-4o", "Hi").statusCode())
                        .isEqualTo(200);
            });
        }
    }

    static class NoCalls {

        @Test
        @ExpectNoLlmCalls
        void makesNone(MockLlm llm) {}

        @Test
        @ExpectNoLlmCalls
        void makesOne(MockLlm llm, TokenUsage usage) {
            llm.otherwise(Reply.text("Hello"));
            during(usage, Role.SETUP, () -> {
                assertThat(new TestClient(llm).chat("gpt-4o", "Hi").statusCode())
                        .isEqualTo(402);
            });
        }
    }

    @ExpectNoLlmCalls
    static class NoCallsButWhereAllowed {

        @Test
        @MaxCalls(1)
        void makesOne(MockLlm llm) {
            call(llm, 1);
        }
    }

    @AllowedModels({"gpt-4o-mini", "text-embedding-*"})
    static class Models {

        @Test
        void allowsTheNamed(MockLlm llm) {
            llm.otherwise(Reply.text("Hello"));
            TestClient client = new TestClient(llm);
            assertThat(client.chat("gpt-4o-mini", "Hi").statusCode()).isEqualTo(200);
            assertThat(client.chat("GPT-4o-mini-2024-07-18", "Hi").statusCode()).isEqualTo(200);
        }

        @Test
        void refusesAnother(MockLlm llm) {
            llm.otherwise(Reply.text("Hello"));
            assertThat(new TestClient(llm).chat("gpt-4o", "Hi").statusCode()).isEqualTo(403);
        }

        @Test
        void noticesAnotherThatAnswers(MockLlm llm) {
            llm.otherwise(Reply.text("Hello").model("gpt-4.1"));
            new TestClient(llm).chat("gpt-4o-mini", "Hi");
        }

        @Test
        void letsTheJudgeUseAnother(MockLlm llm, TokenUsage usage) {
            llm.otherwise(Reply.text("Hello"));
            during(usage, Role.JUDGE, () -> {
                assertThat(new TestClient(llm).chat("gpt-4o", "Hi").statusCode())
                        .isEqualTo(200);
            });
        }
    }

    static class Repeated {

        @RepeatedTest(21)
        @MaxCalls(value = 1, over = Over.MEAN)
        void heldByTheMean(MockLlm llm, RepetitionInfo info) {
            call(llm, info.getCurrentRepetition() % 3);
        }

        @RepeatedTest(20)
        @MaxCalls(value = 1, over = Over.P95)
        void heldByThePercentile(MockLlm llm, RepetitionInfo info) {
            call(llm, info.getCurrentRepetition() == 7 ? 9 : 1);
        }
    }

    static class TooMuchOnAverage {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 6})
        @MaxCost(value = 0.0001, over = Over.MEAN)
        void test(int calls, MockLlm llm) {
            call(llm, calls);
        }
    }

    static class TooMuchTooOften {

        @RepeatedTest(20)
        @MaxCalls(value = 1, over = Over.P95)
        void test(MockLlm llm, RepetitionInfo info) {
            call(llm, info.getCurrentRepetition() % 10 == 0 ? 2 : 1);
        }
    }

    @MaxCalls(value = 1, over = Over.MEAN)
    static class OnceOnly {

        @Test
        void broken(MockLlm llm) {
            call(llm, 2);
        }

        @Test
        void held(MockLlm llm) {
            call(llm, 1);
        }
    }

    @LlmBudget
    static class PreparesTheClass {

        @BeforeAll
        static void prepare(MockLlm llm, TokenUsage usage) {
            call(llm, 1);
            assertThat(usage.calls()).hasSize(1);
        }

        @Test
        @MaxCalls(1)
        void test(MockLlm llm, TokenUsage usage) {
            call(llm, 1);
            assertThat(usage.calls()).hasSize(1);
        }
    }

    static class NearItsLimit {

        @Test
        @MaxTokens(value = 20, warnAt = 0.8)
        void test(MockLlm llm) {
            call(llm, 1);
        }
    }

    @MaxCalls(value = 1, per = Scope.CLASS)
    static class Inheritable {}

    static class OuterThatInherits extends Inheritable {

        @Test
        void calls(MockLlm llm) {
            call(llm, 1);
        }

        @Nested
        class InnerThatInherits extends Inheritable {

            @Test
            void calls(MockLlm llm) {
                call(llm, 1);
            }
        }
    }

    @MaxCalls(value = 1, per = Scope.CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Overloaded {

        @Test
        @Order(1)
        void test(MockLlm llm) {
            call(llm, 1);
        }

        @Test
        @Order(2)
        void test(MockLlm llm, TokenUsage usage) {
            call(llm, 1);
        }
    }

    @LlmBudget
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Interrupted {

        @Test
        @Order(1)
        void isInterruptedWhileACallRuns(MockLlm llm, TokenUsage usage) {
            llm.reply(Reply.text("late").usage(8, 2).after(Duration.ofMillis(300)));
            new TestClient(llm).chatAsync("gpt-4o", "Hi");
            while (usage.await(Duration.ZERO)) {
                Thread.onSpinWait(); // until the call has begun
            }
            Thread.currentThread().interrupt();
        }

        @Test
        @Order(2)
        void goesItsOwnWay(MockLlm llm, TokenUsage usage) {
            boolean wasInterrupted = Thread.interrupted();
            call(llm, 1);
            assertThat(usage.calls())
                    .as("interrupted before: " + wasInterrupted)
                    .hasSize(1);
        }
    }

    static class PartlyAborted {

        @RepeatedTest(4)
        @MaxCalls(value = 1, over = Over.MEAN)
        void test(MockLlm llm, RepetitionInfo info) {
            Assumptions.assumeTrue(info.getCurrentRepetition() == 1);
            call(llm, 2);
        }
    }

    @ExpectNoLlmCalls
    static class NoCallsButOfTheJudge {

        @Test
        @MaxCalls(value = 1, role = Role.JUDGE)
        void test(MockLlm llm, TokenUsage usage) {
            llm.otherwise(Reply.text("Hello"));
            TestClient client = new TestClient(llm);
            during(
                    usage,
                    Role.JUDGE,
                    () -> assertThat(client.chat("gpt-4o", "Hi").statusCode()).isEqualTo(200));
            assertThat(client.chat("gpt-4o", "Hi").statusCode()).isEqualTo(402);
        }
    }

    static class PerClassOnAMethod {

        @Test
        @MaxCalls(value = 1, per = Scope.CLASS)
        void test(MockLlm llm) {}
    }

    static class PerSuite {

        @Test
        @MaxCalls(value = 1, per = Scope.SUITE)
        void test(MockLlm llm) {}
    }

    static class HardMean {

        @Test
        @MaxCalls(value = 1, hard = true, over = Over.MEAN)
        void test(MockLlm llm) {}
    }

    static class WarnsTooLate {

        @Test
        @MaxCost(value = 1, warnAt = 1.5)
        void test(MockLlm llm) {}
    }

    static class OfNoRole {

        @Test
        @MaxCost(
                value = 1,
                role = {})
        void test(MockLlm llm) {}
    }

    static class NoModel {

        @Test
        @AllowedModels({})
        void test(MockLlm llm) {}
    }

    static class TheSameTwice {

        @Test
        @MaxCost(value = 1, per = Scope.CALL)
        @MaxCost(value = 2, per = Scope.CALL)
        void test(MockLlm llm) {}
    }
}
