package io.github.llmbudget.usage;

import io.github.llmbudget.call.LlmCall;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Hears of the calls of a test as they are recorded. It is called in the order in which they are, by one thread at a
 * time, and must not ask the ledger in turn.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface UsageListener {

    /** Hears nothing. */
    UsageListener NONE = (before, now) -> {};

    /**
     * Takes a call that was recorded, or what became of one.
     *
     * @param before the call as it was recorded first, {@code null} if it is new
     * @param now the call
     */
    void recorded(@Nullable LlmCall before, LlmCall now);
}
