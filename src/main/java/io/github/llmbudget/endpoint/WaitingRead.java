package io.github.llmbudget.endpoint;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.Protocol;

/** Reads of an answer, and says before it waits for the service. */
@FunctionalInterface
interface WaitingRead {

    /** Says so when the client looks for more on its connection: all that has come before is read by then. */
    WaitingRead ONE_A_CONNECTION = (body, buffer, offset, beforeWaiting) -> {
        ServiceSockets.beforeWaiting(beforeWaiting);
        try {
            return body.read(buffer, offset, buffer.length - offset);
        } finally {
            ServiceSockets.beforeWaiting(null);
        }
    };

    /** Says so each time: many answers share the connection, which another thread reads. */
    WaitingRead MANY_A_CONNECTION = (body, buffer, offset, beforeWaiting) -> {
        beforeWaiting.run();
        return body.read(buffer, offset, buffer.length - offset);
    };

    static WaitingRead over(Protocol protocol) {
        return protocol == Protocol.HTTP_1_1 || protocol == Protocol.HTTP_1_0 ? ONE_A_CONNECTION : MANY_A_CONNECTION;
    }

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
