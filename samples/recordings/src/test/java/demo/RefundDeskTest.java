package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.jupiter.LlmCassette;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.TokenUsage;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same test with a script, with the real service, and with what that said before. */
// tag::cassette[]
@LlmCassette(ignore = "$.user")
class RefundDeskTest {

    @Test
    @MaxCost(0.001)
    void answersARefundQuestion(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply("Your refund takes 5 days."); // used in mock mode only
        var desk = new RefundDesk(llm.baseUrl(), llm.apiKey());
        String customer = UUID.randomUUID().toString(); // sent as "user"

        assertThat(desk.answer("Where is my refund?", customer)).contains("5 days");

        assertThat(usage.inputTokens()).isBetween(20L, 100L);
        assertThat(usage.cost().usd()).isGreaterThan(BigDecimal.ZERO); // replayed or not
    }
}
// end::cassette[]
