package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.usage.TokenUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@MaxCost(0.001)
class LeaseClerkTest {

    private LeaseClerk clerk;

    // tag::wiring[]
    @BeforeEach
    void createClerk(LlmEndpoint llm) {
        LlmEndpoint secure = llm.overTls(); // the client sends its key over TLS alone
        clerk = new LeaseClerk(secure.rootUrl(), secure.apiKey());
    }
    // end::wiring[]

    @Test
    void answers(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("Three months.").usage(40, 4));

        assertThat(clerk.ask("How long is my notice?")).isEqualTo("Three months.");

        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.model()).isEqualTo("gpt-4o"); // what the deployment stands for
            assertThat(call.provider()).isEqualTo("azure");
        });
        assertThat(usage.totalTokens()).isEqualTo(44);
        assertThat(usage.cost()).hasToString("$0.00014");
    }

    /** The client does not ask for the usage of streams and shows none. The endpoint asks, and leaves it out of the stream. */
    @Test
    void countsAStream(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("Three ", "months.").usage(40, 4));

        assertThat(clerk.askSlowly("How long is my notice?")).isEqualTo("Three months.");

        assertThat(usage.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.countSource()).isEqualTo(CountSource.REPORTED));
        assertThat(usage.totalTokens()).isEqualTo(44);
    }

    @Test
    @MaxCalls(2)
    void showsBothAttempts(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.error(500)).reply(Reply.text("Three months.").usage(40, 4));

        assertThat(clerk.ask("How long is my notice?")).isEqualTo("Three months.");

        assertThat(usage.calls()).hasSize(2);
        assertThat(usage.totalTokens()).isEqualTo(44);
    }
}
