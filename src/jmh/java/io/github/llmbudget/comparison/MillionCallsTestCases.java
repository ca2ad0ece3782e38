package io.github.llmbudget.comparison;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.endpoint.RequestMatcher;
import io.github.llmbudget.jupiter.LlmBudget;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A million calls, in one test or in several. They do not look at their usage: a list of all calls would be as long. */
final class MillionCallsTestCases {

    private static final int THREADS = 8;

    private MillionCallsTestCases() {}

    private static void ask(MockLlm llm, int calls) throws IOException {
        llm.when(RequestMatcher.path("/chat/completions"))
                .always(Reply.text(Payload.ANSWER_TEXT).usage(Payload.INPUT, Payload.OUTPUT));
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (Way way = new Way(Way.newClient().build(), llm.rootUrl(), null)) {
            Calls.make(pool, THREADS, calls / THREADS, way);
        } finally {
            pool.shutdown();
        }
    }

    @LlmBudget
    static final class OneTest {
        @Test
        void asks(MockLlm llm) throws IOException {
            ask(llm, 1_000_000);
        }
    }

    @LlmBudget
    static final class TwentyTests {
        @RepeatedTest(20)
        void asks(MockLlm llm) throws IOException {
            ask(llm, 50_000);
        }
    }
}
