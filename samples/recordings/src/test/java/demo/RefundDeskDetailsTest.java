package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmCassette;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.Test;

class RefundDeskDetailsTest {

    @Test
    @LlmCassette
    @MaxCalls(2)
    void streamsAndAsksTheSameAgain(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(2, Reply.stream("Your refund ", "takes ", "5 days."));
        var desk = new RefundDesk(llm.baseUrl(), llm.apiKey());

        assertThat(String.join("", desk.stream("Where is my refund?", "Ann"))).contains("5 days");
        assertThat(desk.stream("Where is my refund?", "Ann")).hasSizeGreaterThan(1);

        assertThat(usage.calls()).hasSize(2).allMatch(call -> call.streaming() && !call.isUncounted());
    }

    // tag::redacted[]
    @Test
    @LlmCassette(redactPatterns = "\\w+@[\\w.]+\\w")
    void keepsAddressesOutOfTheFile(MockLlm llm) throws Exception {
        llm.reply("We write to ann@example.org.");
        var desk = new RefundDesk(llm.baseUrl(), llm.apiKey());

        assertThat(desk.answer("I am ann@example.org. Where do you write to?", "Ann"))
                .contains("We write to");
    }
    // end::redacted[]
}
