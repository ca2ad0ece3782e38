package io.github.llmbudget.endpoint;

import java.io.IOException;
import java.io.InputStream;

/** Reads of an answer, and says before it waits for the service. */
@FunctionalInterface
interface WaitingRead {

    /** Says so when the client looks for more on its connection: all that has come before is read by then. */
    WaitingRead BY_SOCKET = (body, buffer, offset, beforeWaiting) -> {
        ServiceSockets.beforeWaiting(beforeWaiting);
        try {
            return body.read(buffer, offset, buffer.length - offset);
        } finally {
            ServiceSockets.beforeWaiting(null);
        }
    };

    /** Says so each time, where many answers share a connection, which another thread reads, or nobody else says so. */
    WaitingRead EACH_TIME = (body, buffer, offset, beforeWaiting) -> {
        beforeWaiting.run();
        return body.read(buffer, offset, buffer.length - offset);
    };

    /**
     * Reads.
     *
     * @param body the body of an answer
     * @param buffer takes the bytes
     * @param offset where in it
     * @param beforeWaiting is run before bytes are waited for
     * @return how many came, -1 at the end
     * @throws IOException if the connection broke
     */
    int read(InputStream body, byte[] buffer, int offset, Runnable beforeWaiting) throws IOException;
}
