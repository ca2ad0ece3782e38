package io.github.llmbudget.call;

import org.apiguardian.api.API;

/**
 * What a call was made for. Limits hold for {@link #SUBJECT} calls; the others are counted and shown beside them.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Role {
    /** The code under test made the call. */
    SUBJECT,
    /** The test made the call to judge an answer. */
    JUDGE,
    /** The test made the call to prepare something. */
    SETUP
}
