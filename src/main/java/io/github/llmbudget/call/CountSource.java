package io.github.llmbudget.call;

import org.apiguardian.api.API;

/**
 * Where the token counts of a call come from.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum CountSource {
    /** The service reported them. */
    REPORTED,
    /** The service reported none; they were counted here from the text of request and answer. */
    ESTIMATED,
    /**
     * The service reported none, and request and answer do not show all of them: the counts made here are the least that
     * there can be. {@link LlmCall#inputEstimate()} and {@link LlmCall#outputEstimate()} tell why.
     */
    PARTIAL,
    /** Nobody knows them. The counts are zero as numbers, and must not be read as zero. */
    UNKNOWN
}
