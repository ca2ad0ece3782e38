package io.github.llmbudget.usage;

import org.apiguardian.api.API;

/**
 * A part of a test, and what its calls used. Safe for use by many threads.
 *
 * @see TokenUsage#span
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface UsageSpan extends UsageTotals, AutoCloseable {

    /** Ends the span; calls that begin later are not counted in it. */
    @Override
    void close();
}
