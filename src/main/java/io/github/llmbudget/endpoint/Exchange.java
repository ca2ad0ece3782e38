package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.Passage;
import io.github.llmbudget.usage.CallWatch;
import io.github.llmbudget.wire.ResponseFilter;

/**
 * An exchange whose answer has begun.
 *
 * @param answer the answer
 * @param relay hands its body on
 */
record Exchange(Answer answer, Relay relay) {

    /** An answer of our own, which is no call. */
    static Exchange of(Answer answer) {
        return new Exchange(
                answer,
                new Relay(
                        answer,
                        ResponseFilter.NONE,
                        CallWatch.NONE,
                        Passage.FREE,
                        () -> {},
                        ClientPresence.unwatched()));
    }
}
