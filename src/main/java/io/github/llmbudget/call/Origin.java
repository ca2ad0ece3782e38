package io.github.llmbudget.call;

import org.apiguardian.api.API;

/**
 * Who answered a call.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Origin {
    /** A script in the test: the call has a list cost and cost nothing. */
    MOCK,
    /** The upstream service: the call really cost its list cost. */
    LIVE,
    /** A recording of what the upstream service answered before: the call has the list cost it had then and cost nothing. */
    REPLAY
}
