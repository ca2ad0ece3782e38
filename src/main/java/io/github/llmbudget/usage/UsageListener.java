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

    /** Hears that a call has begun. What fetches, cancels or carries on an earlier one is none. */
    default void began() {}

    /** Hears that a call was told of when the test was over. It is in no ledger. */
    default void cameLate() {}

    /**
     * Takes a call that was recorded, or what became of one.
     *
     * @param before the call as it was recorded first, {@code null} if it is new
     * @param now the call
     */
    void recorded(@Nullable LlmCall before, LlmCall now);

    /**
     * Lets a call end: it is recorded, and what was held for it is given back. Who counts both must not look in between, when
     * the call is counted twice.
     *
     * @param ending records the call and gives back what was held for it
     */
    default void ending(Runnable ending) {
        ending.run();
    }
}
