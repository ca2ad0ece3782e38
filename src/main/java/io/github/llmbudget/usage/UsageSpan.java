package io.github.llmbudget.usage;

import io.github.llmbudget.call.Role;
import org.apiguardian.api.API;

/**
 * A part of a test, and what its calls used. A span takes calls in one of two ways: those to the address of the test, from
 * whatever thread, as long as it is the innermost one open; or, once its own address has been asked for, those to that
 * address and no others. The second way keeps apart what runs at the same time:
 *
 * <pre>{@code
 * UsageSpan judge = usage.span("judge", Role.JUDGE);
 * var judgeModel = new JudgeModel(judge.baseUrl(), llm.apiKey()); // may be used by any thread
 * }</pre>
 *
 * <p>Safe for use by many threads.
 *
 * @see TokenUsage#span
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface UsageSpan extends UsageTotals, AutoCloseable {

    /**
     * Opens a span within this one. Its calls are counted in both, and carry its own name and role. It takes calls in the
     * way in which this one does.
     *
     * @param name a name for the report
     * @param role what its calls are made for
     * @return the span, to be closed
     */
    UsageSpan span(String name, Role role);

    /**
     * Returns the base URL of this span, for clients that append {@code /chat/completions}. From now on the span takes the
     * calls that are sent there, until the test is over, and no others.
     *
     * @return a URL that ends in {@code /v1}; the key is that of the test
     * @throws IllegalStateException if the test has no endpoint
     */
    default String baseUrl() {
        return rootUrl() + "/v1";
    }

    /**
     * Returns the base URL of this span, for clients that append the version too. Otherwise like {@link #baseUrl()}.
     *
     * @return a URL without a trailing slash
     * @throws IllegalStateException if the test has no endpoint
     */
    String rootUrl();

    /** Ends the span; calls that begin later are not counted in it, but for those that are sent to its address. */
    @Override
    void close();
}
