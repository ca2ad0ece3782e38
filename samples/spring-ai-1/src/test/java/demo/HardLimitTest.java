package demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
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
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
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

    /** Returns the guide as Spring builds it, but for the proxy. */
    private static TravelGuide guide(CountingProxy proxy, MockLlm llm) {
        var api = OpenAiApi.builder().baseUrl(proxy.url()).apiKey(llm.apiKey()).build();
        var model = OpenAiChatModel.builder()
                .openAiApi(api)
                .defaultOptions(OpenAiChatOptions.builder().model("gpt-4o-mini").build())
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
            try (var proxy = new CountingProxy(llm.rootUrl())) {
                var guide = guide(proxy, llm);

                assertThatThrownBy(() -> guide.ask(QUESTION))
                        .isInstanceOf(NonTransientAiException.class)
                        .hasMessageContaining("llm-budget did not send this call");
                assertThat(proxy.attempts()).isEqualTo(1);
            }
        }

        @Test
        @MaxTokens(value = 5, hard = true)
        void needsTooManyTokensForAStream(MockLlm llm) throws Exception {
            try (var proxy = new CountingProxy(llm.rootUrl())) {
                var guide = guide(proxy, llm);

                assertThatThrownBy(() -> whole(guide.stream(QUESTION)))
                        .isInstanceOfSatisfying(
                                WebClientResponseException.class,
                                e -> assertThat(e.getResponseBodyAsString())
                                        .contains("llm-budget did not send this call"));
                assertThat(proxy.attempts()).isEqualTo(1);
            }
        }

        @Test
        @MaxCalls(value = 1, hard = true)
        void callsTwice(MockLlm llm) throws Exception {
            llm.reply("Take the train.");
            try (var proxy = new CountingProxy(llm.rootUrl())) {
                var guide = guide(proxy, llm);

                assertThat(guide.ask(QUESTION)).contains("train");
                assertThatThrownBy(() -> guide.ask(QUESTION))
                        .isInstanceOf(NonTransientAiException.class)
                        .hasMessageContaining("llm-budget did not send this call");
                assertThat(proxy.attempts()).isEqualTo(2);
            }
        }

        @Test
        @MaxCalls(value = 1, hard = true)
        void streamsTwice(MockLlm llm) throws Exception {
            llm.reply("Take the train.");
            try (var proxy = new CountingProxy(llm.rootUrl())) {
                var guide = guide(proxy, llm);

                assertThat(whole(guide.stream(QUESTION))).contains("train");
                assertThatThrownBy(() -> whole(guide.stream(QUESTION)))
                        .isInstanceOfSatisfying(
                                WebClientResponseException.class,
                                e -> assertThat(e.getResponseBodyAsString())
                                        .contains("llm-budget did not send this call"));
                assertThat(proxy.attempts()).isEqualTo(2);
            }
        }

        @Test
        @MaxTokens(output = 10, hard = true)
        void streamsTooMuch(MockLlm llm) throws Exception {
            llm.reply("Take the train. ".repeat(100) + "Bon voyage!");
            try (var proxy = new CountingProxy(llm.rootUrl())) {
                var guide = guide(proxy, llm);

                // What has come so far is taken for the whole answer.
                assertThat(whole(guide.stream(QUESTION)))
                        .startsWith("Take the train.")
                        .doesNotContain("voyage");
                assertThat(proxy.attempts()).isEqualTo(1);
            }
        }
    }
}
