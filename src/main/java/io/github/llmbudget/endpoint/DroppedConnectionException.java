package io.github.llmbudget.endpoint;

import java.io.IOException;

/** The script says that the connection ends here. */
final class DroppedConnectionException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean reset;

    /**
     * Says how the connection ends.
     *
     * @param reset whether it is reset, as by a service that dies, rather than closed
     */
    DroppedConnectionException(boolean reset) {
        super("The script drops the connection here");
        this.reset = reset;
    }

    boolean isReset() {
        return reset;
    }
}
