package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmCassette;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.TokenUsage;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same tests with a script, with the real service, and with what that said before. */
// tag::cassette[]
@LlmCassette(ignore = "$.user")
class RefundDeskTest {

    @Test
    @MaxCost(0.001)
    void answersARefundQuestion(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply("Your refund takes 5 days."); // used in mock mode only
        var desk = new RefundDesk(llm.baseUrl(), llm.apiKey());

        assertThat(desk.answer("Where is my refund?", customer())).contains("5 days");

        assertThat(usage.inputTokens()).isBetween(20L, 100L);
        assertThat(usage.cost().usd()).isGreaterThan(BigDecimal.ZERO); // replayed or not
    }
    // end::cassette[]

    @Test
    @MaxCalls(2)
    void streamsAndAsksTheSameAgain(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(2, Reply.stream("Your refund ", "takes ", "5 days."));
        var desk = new RefundDesk(llm.baseUrl(), llm.apiKey());

        assertThat(String.join("", desk.stream("Where is my refund?", customer())))
                .contains("5 days");
        assertThat(desk.stream("Where is my refund?", customer())).hasSizeGreaterThan(1);

        assertThat(usage.calls()).hasSize(2).allMatch(call -> call.streaming() && !call.isUncounted());
    }

    // tag::redacted[]
    @Test
    @LlmCassette(ignore = "$.user", redactPatterns = "[\\w.]+@[\\w.]+")
    void keepsAddressesOutOfTheFile(MockLlm llm) throws Exception {
        llm.reply("We write to ann@example.org.");
        var desk = new RefundDesk(llm.baseUrl(), llm.apiKey());

        assertThat(desk.answer("I am ann@example.org. Where do you write to?", customer()))
                .contains("We write to");
    }
    // end::redacted[]

    private static String customer() {
        return UUID.randomUUID().toString();
    }
}
