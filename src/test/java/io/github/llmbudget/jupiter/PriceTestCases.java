package io.github.llmbudget.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Test cases with prices of their own. */
final class PriceTestCases {

    private PriceTestCases() {}

    /** Makes a call of a million input and a million output tokens, and tells what it costs. */
    static void assertCosts(String model, String usd, MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("Hi").usage(1_000_000, 1_000_000));
        new TestClient(llm).chat(model, "Hi");

        assertThat(usage.cost()).hasToString(usd);
    }

    @LlmPrices("""
            model,component,price
            ours,input,1
            ours,output,2
            gpt-4o,output,11
            """)
    static class OfTheClass {

        @Test
        void holdForItsTests(MockLlm llm, TokenUsage usage) {
            assertCosts("ours", "$3.00", llm, usage);
        }

        @Test
        void leaveTheOtherPricesAsTheyAre(MockLlm llm, TokenUsage usage) {
            assertCosts("gpt-4o", "$13.50", llm, usage);
        }

        @Test
        @LlmPrices("model,component,price\nours,output,5")
        void lieUnderThoseOfTheMethod(MockLlm llm, TokenUsage usage) {
            assertCosts("ours", "$6.00", llm, usage);
        }

        @Nested
        class Inside {

            @Test
            void holdForNestedClasses(MockLlm llm, TokenUsage usage) {
                assertCosts("ours", "$3.00", llm, usage);
            }
        }
    }

    static class Inherited extends OfTheClass {}

    @Retention(RetentionPolicy.RUNTIME)
    @LlmPrices("model,component,price\nours,input,7\nours,output,0")
    @interface CompanyPrices {}

    @CompanyPrices
    static class ThroughAnotherAnnotation {

        @Test
        void hold(MockLlm llm, TokenUsage usage) {
            assertCosts("ours", "$7.00", llm, usage);
        }
    }

    @LlmPrices(asOf = "2026-08-01")
    static class AsOfADay {

        @Test
        void holdForTheDayOfTheClass(MockLlm llm, TokenUsage usage) {
            // Before the cut of 21 August; above the step.
            assertCosts("gpt-5.6-sol", "$55.00", llm, usage);
        }

        @Test
        @LlmPrices(asOf = "2026-09-01")
        void holdForTheDayOfTheMethod(MockLlm llm, TokenUsage usage) {
            assertCosts("gpt-5.6-sol", "$38.00", llm, usage);
        }

        @Test
        @LlmPrices(asOf = "2026-09-12T02:00Z")
        void holdForTheHour(MockLlm llm, TokenUsage usage) {
            assertCosts("deepseek-v4-flash", "$0.88", llm, usage);
        }

        @Test
        @LlmPrices(asOf = "2026-09-12")
        void holdForTheDearestHourOfADay(MockLlm llm, TokenUsage usage) {
            assertCosts("deepseek-v4-flash", "~$1.76", llm, usage);
        }
    }

    static class UnreadableList {

        @Test
        @LlmPrices("model,component,price\nours,input,dear")
        void test(TokenUsage usage) {}
    }

    static class UnreadableDate {

        @Test
        @LlmPrices(asOf = "soon")
        void test(TokenUsage usage) {}
    }

    @LlmPrices("""
            # as-of: 2020-01-01
            model,component,valid_until,price
            ours,input,2020-12-31,1
            ours,output,,1
            """)
    @LlmBudget
    static class Old {

        @Test
        @LlmPrices(asOf = "2020-06-01")
        void usesAPriceThatHasEnded(MockLlm llm) {
            llm.reply(Reply.text("Hi").usage(1, 1));
            new TestClient(llm).chat("ours", "Hi");
        }

        @Test
        @LlmPrices(asOf = "2020-06-01")
        void usesItAgain(MockLlm llm) {
            llm.reply(Reply.text("Hi").usage(1, 1));
            new TestClient(llm).chat("ours", "Hi");
        }

        @Test
        void usesNoPriceAtAll(MockLlm llm) {
            assertThat(llm.baseUrl()).isNotEmpty();
        }
    }

    static class TwoUnpricedModels {

        @Test
        @MaxCost(1)
        void test(MockLlm llm) {
            llm.reply(Reply.text("Hi").usage(1, 1))
                    .reply(Reply.text("Hi").usage(1, 1))
                    .reply(Reply.text("Hi").usage(1, 1));
            new TestClient(llm).chat("Ours", "Hi");
            new TestClient(llm).chat("ours", "Hi");
            new TestClient(llm).chat("theirs", "Hi");
        }
    }
}
