package demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.jupiter.MaxTokens;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Limits that hold while calls run, and what the clients make of a call that is refused or cut. */
class HardLimitTest {

    @Test
    void clientsGiveUpAtOnce(@TempDir Path report) {
        var tests = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("llmbudget.report.dir", report.toString())
                .selectors(selectClass(Cases.class))
                .execute()
                .testEvents();

        // Three times thirteen clients, and once the six that stream.
        tests.assertStatistics(statistics -> statistics.failed(3 * 13 + 6).succeeded(0));
        // Whatever else went wrong in them would show here.
        tests.failed().stream()
                .forEach(test -> assertThat(test.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable())
                        .as(test.getTestDescriptor().getUniqueId().toString())
                        .get()
                        .isInstanceOf(BudgetExceededError.class));
    }

    @ParameterizedTest
    @EnumSource(names = {"LANGCHAIN4J", "OPENAI_JAVA"})
    @MaxCalls(3)
    @LlmBudget(mode = Mode.MOCK)
    void clientsTryAgainAfterOtherErrors(Client client, MockLlm llm) throws Exception {
        llm.otherwise(Reply.error(429, "Slow down"));
        try (var proxy = new CountingProxy(llm.baseUrl())) {
            assertThatThrownBy(() -> client.ask(proxy.url(), llm.apiKey())).hasStackTraceContaining("Slow down");

            assertThat(proxy.attempts()).isEqualTo(3);
        }
    }

    /** Each of these fails for its budget once it has ended, so only the test above runs them. */
    @Timeout(20)
    @LlmBudget(mode = Mode.MOCK)
    static class Cases {

        @ParameterizedTest
        @EnumSource
        @MaxCost(value = 0.000_001, hard = true)
        void costsTooMuch(Client client, MockLlm llm) throws Exception {
            assertRefused(client, llm);
        }

        @ParameterizedTest
        @EnumSource
        @MaxTokens(value = 5, hard = true)
        void needsTooManyTokens(Client client, MockLlm llm) throws Exception {
            assertRefused(client, llm);
        }

        private static void assertRefused(Client client, MockLlm llm) throws Exception {
            try (var proxy = new CountingProxy(llm.baseUrl())) {
                assertThatThrownBy(() -> client.ask(proxy.url(), llm.apiKey()))
                        .hasStackTraceContaining("llm-budget did not send this call");

                assertThat(proxy.attempts()).isEqualTo(1);
            }
        }

        @ParameterizedTest
        @EnumSource
        @MaxCalls(value = 1, hard = true)
        void callsTwice(Client client, MockLlm llm) throws Exception {
            llm.otherwise(Reply.text("Take the train."));
            try (var proxy = new CountingProxy(llm.baseUrl())) {
                assertThat(client.ask(proxy.url(), llm.apiKey())).contains("train");
                assertThatThrownBy(() -> client.ask(proxy.url(), llm.apiKey()))
                        .hasStackTraceContaining("llm-budget did not send this call");

                assertThat(proxy.attempts()).isEqualTo(2);
            }
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ".*_STREAM")
        @MaxTokens(output = 10, hard = true)
        void streamsTooMuch(Client client, MockLlm llm) throws Exception {
            llm.otherwise(Reply.text("Take the train. ".repeat(100) + "Bon voyage!"));
            try (var proxy = new CountingProxy(llm.baseUrl())) {
                String outcome = outcome(client, proxy.url(), llm.apiKey());

                assertThat(proxy.attempts()).isEqualTo(1);
                assertThat(outcome).doesNotContain("voyage");
                assertThat(outcome).contains("this stream was cut at a limit");
            }
        }

        private static String outcome(Client client, String url, String apiKey) {
            try {
                return client.ask(url, apiKey);
            } catch (Exception e) {
                var trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                return trace.toString();
            }
        }
    }
}
