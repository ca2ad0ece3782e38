package io.github.llmbudget.comparison;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.endpoint.RequestMatcher;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.usage.TokenUsage;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A million calls, in one test or in several. */
final class MillionCallsTestCases {

    private static final int THREADS = 8;

    private MillionCallsTestCases() {}

    private static void ask(MockLlm llm, TokenUsage usage, int calls) throws IOException {
        llm.when(RequestMatcher.path("/chat/completions"))
                .always(Reply.text(Payload.ANSWER_TEXT).usage(Payload.INPUT, Payload.OUTPUT));
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (Way way = new Way(Way.newClient().build(), llm.rootUrl(), usage)) {
            Calls.make(pool, THREADS, calls / THREADS, way);
            way.requireDone(calls);
        } finally {
            pool.shutdown();
        }
    }

    @LlmBudget
    static final class OneTest {
        @Test
        void asks(MockLlm llm, TokenUsage usage) throws IOException {
            ask(llm, usage, 1_000_000);
        }
    }

    @LlmBudget
    static final class TwentyTests {
        @RepeatedTest(20)
        void asks(MockLlm llm, TokenUsage usage) throws IOException {
            ask(llm, usage, 50_000);
        }
    }
}
