package io.github.llmbudget.usage;

import io.github.llmbudget.call.Role;
import java.time.Duration;
import java.util.NavigableMap;
import org.apiguardian.api.API;

/**
 * What the LLM calls of one test used so far. Take it as a parameter of a test method:
 *
 * <pre>{@code
 * @Test
 * @MaxCost(0.02)
 * void answersARefundQuestion(MockLlm llm, TokenUsage usage) {
 *     llm.reply("Refunds take 5 days.");
 *     new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Where is my refund?");
 *     assertThat(usage.calls()).hasSize(1);
 *     assertThat(usage.cost().usd()).isLessThan(new BigDecimal("0.001"));
 * }
 * }</pre>
 *
 * <p>A call is recorded before its last bytes reach the client, so what a blocking client returned is in here. LangChain4j
 * has a class of the same simple name, {@code dev.langchain4j.model.output.TokenUsage}: mind the import.
 *
 * <p>Safe for use by many threads, also while calls run.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface TokenUsage extends UsageTotals {

    /**
     * Splits the usage by model.
     *
     * @return the usage of each model by its name, as of now; calls that name no model are under {@code unknown}
     */
    NavigableMap<String, UsageTotals> byModel();

    /**
     * Opens a span: calls that begin while it is open are counted in it and carry its name. Calls of another role than
     * {@link Role#SUBJECT} are outside of limits that do not ask for them. Spans may be nested; a call belongs to the
     * innermost. Such a span takes the calls of all threads: where a judge works while the code under test is still running,
     * give it the address of its span, {@link UsageSpan#baseUrl()}.
     *
     * <pre>{@code
     * try (UsageSpan judge = usage.span("judge", Role.JUDGE)) {
     *     assertThat(judgeModel.rate(answer)).isGreaterThan(3);
     * }
     * }</pre>
     *
     * @param name a name for the report
     * @param role what its calls are made for
     * @return the span, to be closed
     */
    UsageSpan span(String name, Role role);

    /**
     * Waits until no call is running, as long as {@code llmbudget.await} says.
     *
     * @return whether no call is running now
     */
    boolean await();

    /**
     * Waits until no call is running.
     *
     * @param atMost how long to wait
     * @return whether no call is running now
     */
    boolean await(Duration atMost);
}
