package io.github.llmbudget.jupiter;

import org.apiguardian.api.API;

/**
 * Who answers a test with a cassette, unless {@code llmbudget.mode} or a pinned mode says otherwise.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum CassetteMode {
    /** The cassette if there is one; else the real service, and the cassette is recorded. In CI nothing is recorded. */
    AUTO,
    /** The cassette. Without one the test fails. */
    REPLAY,
    /** The real service, and the cassette is recorded anew. In CI the test fails. */
    RECORD,
    /** The real service, and nothing is recorded. */
    LIVE
}
