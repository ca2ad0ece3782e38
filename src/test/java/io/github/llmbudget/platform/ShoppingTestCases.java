package io.github.llmbudget.platform;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.ExpectNoLlmCalls;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.testing.TestClient;
import org.junit.jupiter.api.Test;

/** A call of 100 input and 35 output tokens costs $0.0006. */
class ShoppingTestCases {

    private static final Reply BOUGHT = Reply.text("Bought.").usage(100, 35);

    @Test
    @MaxCost(0.0006)
    void buysOne(MockLlm llm) {
        llm.reply(BOUGHT);
        new TestClient(llm).chat("gpt-4o", "Buy one");
    }

    @Test
    @MaxCost(0.01)
    @MaxCalls(1)
    void buysTwo(MockLlm llm) {
        llm.otherwise(BOUGHT);
        new TestClient(llm).chat("gpt-4o", "Buy one");
        new TestClient(llm).chat("gpt-4o", "Buy another");
    }

    @Test
    @ExpectNoLlmCalls
    void looksAround() {}
}
