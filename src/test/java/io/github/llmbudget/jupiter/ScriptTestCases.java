package io.github.llmbudget.jupiter;

import static io.github.llmbudget.endpoint.RequestMatcher.lastUserText;
import static io.github.llmbudget.endpoint.RequestMatcher.model;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.TestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Tests whose script does not fit what they do, for the tests of scripts. */
final class ScriptTestCases {

    private ScriptTestCases() {}

    @LlmBudget
    static class Unmatched {
        @Test
        void asksWhatNobodyScripted(MockLlm llm) {
            llm.when(model("gpt-4o").and(lastUserText("refund"))).reply("In 5 days.");
            llm.when(model("gpt-4o-mini")).reply("Hello!");
            TestClient client = new TestClient(llm);
            client.chat("gpt-4o", "When is delivery?");
            client.post("/images/generations", "{\"model\":\"gpt-image-1\"}");
        }
    }

    @LlmBudget
    static class Unused {
        @Test
        void asksLessThanIsScripted(MockLlm llm) {
            llm.reply(2, Reply.text("Hello!")).reply(Reply.toolCall("getOrder", "{}"));
            llm.when(model("gpt-4o")).reply("In 5 days.");
            new TestClient(llm).chat("gpt-4o-mini", "Hi");
        }
    }

    @LlmBudget
    static class FailedAlready {
        @Test
        void failsByItself(MockLlm llm) {
            llm.reply("never asked for");
            throw new IllegalStateException("The test itself failed");
        }
    }

    @LlmBudget
    static class Aborted {
        @Test
        void isAborted(MockLlm llm) {
            llm.reply("never asked for");
            throw new TestAbortedException("Not here");
        }
    }

    static class OverBudget {
        @Test
        @MaxCalls(value = 1, hard = true)
        void isRefused(MockLlm llm) {
            llm.reply(3, Reply.text("Hi"));
            TestClient client = new TestClient(llm);
            client.chat("gpt-4o", "Hi");
            client.chat("gpt-4o", "Hi");
        }
    }

    @LlmBudget
    static class ForAll {
        @BeforeEach
        void script(MockLlm llm) {
            llm.otherwise(Reply.text("Hi")).when(model("gpt-4o")).always("Hello!");
        }

        @Test
        void needsNoReply() {}
    }
}
