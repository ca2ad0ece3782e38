package io.github.llmbudget.endpoint;

import java.io.IOException;

/** The script says that the connection drops here. */
final class DroppedConnectionException extends IOException {

    private static final long serialVersionUID = 1L;

    DroppedConnectionException() {
        super("The script drops the connection here");
    }
}
