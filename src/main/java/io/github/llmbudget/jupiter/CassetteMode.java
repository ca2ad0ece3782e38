package io.github.llmbudget.jupiter;

import org.apiguardian.api.API;

/**
 * Who answers a test with a cassette, unless {@code llmbudget.mode} or a pinned mode says otherwise.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum CassetteMode {
    /** The cassette if there is one; else the real service, and the cassette is recorded. In CI it is as {@link #REPLAY}. */
    AUTO,
    /** The cassette. Where there is none, the first call fails the test. */
    REPLAY,
    /** The real service, and the cassette is recorded anew. In CI the test fails. */
    RECORD,
    /** The real service, and nothing is recorded. */
    LIVE
}
