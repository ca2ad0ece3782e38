package io.github.llmbudget.endpoint;

import io.github.llmbudget.call.Origin;
import org.apiguardian.api.API;

/**
 * Who answers behind the endpoint.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Mode {
    /** The script of {@link MockLlm}. Nothing leaves the machine. */
    MOCK(Origin.MOCK),
    /** The real service; the script is not used. */
    LIVE(Origin.LIVE),
    /** The real service, whose answers are kept in the cassette of the test; the script is not used. */
    RECORD(Origin.LIVE),
    /** The cassette of the test; the script is not used. Nothing leaves the machine. */
    REPLAY(Origin.REPLAY);

    private final Origin origin;

    Mode(Origin origin) {
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }
}
