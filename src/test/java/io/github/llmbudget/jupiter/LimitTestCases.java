package io.github.llmbudget.jupiter;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.TestClient;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Calls of 4 input and 14 output tokens, $0.000034 each, under limits. */
final class LimitTestCases {

    static final String MODEL = "gpt-3.5-turbo-instruct";

    private LimitTestCases() {}

    static void call(MockLlm llm, int times) {
        for (int i = 0; i < times; i++) {
            llm.reply(Reply.text("Why not?").usage(4, 14));
            new TestClient(llm).complete(MODEL, "Tell me joke " + i);
        }
    }

    static class Held {

        @Test
        @MaxCost(0.000034)
        void cost(MockLlm llm) {
            call(llm, 1);
        }

        @Test
        @MaxTokens(18)
        void tokens(MockLlm llm) {
            call(llm, 1);
        }

        @Test
        @MaxTokens(input = 4, output = 14)
        void inputAndOutput(MockLlm llm) {
            call(llm, 1);
        }

        @Test
        @MaxCalls(2)
        void calls(MockLlm llm) {
            call(llm, 2);
        }

        @Test
        @MaxCost(0)
        @MaxTokens(0)
        @MaxCalls(0)
        void nothing(MockLlm llm) {}
    }

    static class OneTokenOver {

        @Test
        @MaxTokens(17)
        void test(MockLlm llm) {
            call(llm, 1);
        }
    }

    static class OneInputTokenOver {

        @Test
        @MaxTokens(input = 3, output = 14)
        void test(MockLlm llm) {
            call(llm, 1);
        }
    }

    static class OneOutputTokenOver {

        @Test
        @MaxTokens(input = 4, output = 13)
        void test(MockLlm llm) {
            call(llm, 1);
        }
    }

    static class OneCallOver {

        @Test
        @MaxCalls(1)
        void test(MockLlm llm) {
            call(llm, 2);
        }
    }

    static class ABillionthOfADollarOver {

        @Test
        @MaxCost(0.000033999)
        void test(MockLlm llm) {
            call(llm, 1);
        }
    }

    static class MoreThanNothing {

        @Test
        @MaxCost(0)
        void test(MockLlm llm) {
            call(llm, 1);
        }
    }

    static class TwoLimitsBroken {

        @Test
        @MaxCost(0.00004)
        @MaxTokens(30)
        @MaxCalls(3)
        void test(MockLlm llm) {
            call(llm, 3);
        }
    }

    static class CatchesEverything {

        @Test
        @MaxCalls(0)
        void test(MockLlm llm) {
            try {
                call(llm, 1);
            } catch (Throwable ignored) {
                // As careless code under test does.
            }
        }
    }

    static class FailsItself {

        @Test
        @MaxCalls(0)
        void test(MockLlm llm) {
            call(llm, 1);
            throw new IllegalStateException("the test's own failure");
        }
    }

    static class AbortsItself {

        @Test
        @MaxCalls(0)
        void test(MockLlm llm) {
            call(llm, 1);
            Assumptions.assumeTrue(false, "not today");
        }
    }
}
