package io.github.llmbudget.comparison;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.usage.TokenUsage;
import java.io.IOException;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.RepeatedTest;

/** Tests that make a call each to the endpoint of the library, and look at its usage. */
final class MockLlmTestCases {

    private static final OkHttpClient CLIENT = Way.newClient().build();

    private MockLlmTestCases() {}

    private static void ask(MockLlm llm, TokenUsage usage) throws IOException {
        llm.reply(Reply.text(Payload.ANSWER_TEXT).usage(Payload.INPUT, Payload.OUTPUT));
        new Way(CLIENT, llm.rootUrl(), usage).call(Payload.CALL);
        if (usage.totalTokens() != Payload.INPUT + Payload.OUTPUT) {
            throw new AssertionError(usage);
        }
    }

    @LlmBudget
    static final class Few {
        @RepeatedTest(200)
        void asks(MockLlm llm, TokenUsage usage) throws IOException {
            ask(llm, usage);
        }
    }

    @LlmBudget
    static final class Many {
        @RepeatedTest(2_000)
        void asks(MockLlm llm, TokenUsage usage) throws IOException {
            ask(llm, usage);
        }
    }

    @LlmBudget
    static final class VeryMany {
        @RepeatedTest(20_000)
        void asks(MockLlm llm, TokenUsage usage) throws IOException {
            ask(llm, usage);
        }
    }
}
