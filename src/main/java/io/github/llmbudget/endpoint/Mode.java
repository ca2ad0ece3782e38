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
    LIVE(Origin.LIVE);

    private final Origin origin;

    Mode(Origin origin) {
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }
}
