package demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.openai.errors.SseException;
import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.jupiter.MaxTokens;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import reactor.core.publisher.Flux;

/** Limits that hold while calls run, and what Spring AI makes of a call that is refused or cut. */
class HardLimitTest {

    private static final String QUESTION = "How do I get to Lisbon?";

    @Test
    void clientGivesUpAtOnce(@TempDir Path report) {
        var tests = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("llmbudget.report.dir", report.toString())
                .selectors(selectClass(Cases.class))
                .execute()
                .testEvents();

        tests.assertStatistics(statistics -> statistics.failed(5).succeeded(0));
        // Whatever else went wrong in them would show here.
        tests.failed().stream()
                .forEach(test -> assertThat(test.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable())
                        .as(test.getTestDescriptor().getUniqueId().toString())
                        .get()
                        .isInstanceOf(BudgetExceededError.class));
    }

    @Test
    @MaxCalls(4)
    @LlmBudget(mode = Mode.MOCK)
    void clientTriesAgainAfterOtherErrors(MockLlm llm) throws Exception {
        llm.otherwise(Reply.error(429, "Slow down"));
        try (var proxy = new CountingProxy(llm.baseUrl())) {
            var guide = guide(proxy, llm);

            assertThatThrownBy(() -> guide.ask(QUESTION)).hasMessageContaining("Slow down");
            assertThat(proxy.attempts()).isEqualTo(4);
        }
    }

    /** Returns the guide as Spring builds it, but for the proxy. */
    private static TravelGuide guide(CountingProxy proxy, MockLlm llm) {
        var model = OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder()
                        .baseUrl(proxy.url())
                        .apiKey(llm.apiKey())
                        .model("gpt-4o-mini")
                        .build())
                .build();
        return new TravelGuide(ChatClient.builder(model), new Timetable());
    }

    private static String whole(Flux<String> pieces) {
        return pieces.collect(Collectors.joining()).block();
    }

    /** Each of these fails for its budget once it has ended, so only the test above runs them. */
    @Timeout(20)
    @LlmBudget(mode = Mode.MOCK)
    static class Cases {

        @Test
        @MaxCost(value = 0.000_001, hard = true)
        void costsTooMuch(MockLlm llm) throws Exception {
            try (var proxy = new CountingProxy(llm.baseUrl())) {
                var guide = guide(proxy, llm);

                assertThatThrownBy(() -> guide.ask(QUESTION))
                        .hasStackTraceContaining("llm-budget did not send this call");
                assertThat(proxy.attempts()).isEqualTo(1);
            }
        }

        @Test
        @MaxTokens(value = 5, hard = true)
        void needsTooManyTokensForAStream(MockLlm llm) throws Exception {
            try (var proxy = new CountingProxy(llm.baseUrl())) {
                var guide = guide(proxy, llm);

                assertThatThrownBy(() -> whole(guide.stream(QUESTION)))
                        .hasStackTraceContaining("llm-budget did not send this call");
                assertThat(proxy.attempts()).isEqualTo(1);
            }
        }

        @Test
        @MaxCalls(value = 1, hard = true)
        void callsTwice(MockLlm llm) throws Exception {
            llm.reply("Take the train.");
            try (var proxy = new CountingProxy(llm.baseUrl())) {
                var guide = guide(proxy, llm);

                assertThat(guide.ask(QUESTION)).contains("train");
                assertThatThrownBy(() -> guide.ask(QUESTION))
                        .hasStackTraceContaining("llm-budget did not send this call");
                assertThat(proxy.attempts()).isEqualTo(2);
            }
        }

        @Test
        @MaxCalls(value = 1, hard = true)
        void streamsTwice(MockLlm llm) throws Exception {
            llm.reply("Take the train.");
            try (var proxy = new CountingProxy(llm.baseUrl())) {
                var guide = guide(proxy, llm);

                assertThat(whole(guide.stream(QUESTION))).contains("train");
                assertThatThrownBy(() -> whole(guide.stream(QUESTION)))
                        .hasStackTraceContaining("llm-budget did not send this call");
                assertThat(proxy.attempts()).isEqualTo(2);
            }
        }

        @Test
        @MaxTokens(output = 10, hard = true)
        void streamsTooMuch(MockLlm llm) throws Exception {
            llm.reply("Take the train. ".repeat(100) + "Bon voyage!");
            try (var proxy = new CountingProxy(llm.baseUrl())) {
                var guide = guide(proxy, llm);

                assertThatThrownBy(() -> whole(guide.stream(QUESTION)))
                        .isInstanceOf(SseException.class)
                        .hasMessageContaining("this stream was cut at a limit");
                assertThat(proxy.attempts()).isEqualTo(1);
            }
        }
    }
}
