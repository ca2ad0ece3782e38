package demo;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.jupiter.LlmBudget;
import java.io.IOException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Its JVM is killed half-way, as by a build server that runs out of memory. */
@Tag("deadly")
@LlmBudget
@TestMethodOrder(MethodOrderer.MethodName.class)
class DeadlyTest {

    @Test
    void first(MockLlm llm) throws IOException, InterruptedException {
        llm.reply("Fine.");
        AisleQuestions.ask(llm, "How are you?");
    }

    @Test
    void secondIsKilled(MockLlm llm) throws IOException, InterruptedException {
        llm.reply("Fine.");
        AisleQuestions.ask(llm, "Are you still there?");
        new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
    }

    @Test
    void thirdIsNeverReached(MockLlm llm) throws IOException, InterruptedException {
        llm.reply("Fine.");
        AisleQuestions.ask(llm, "Hello?");
    }
}
