package io.github.llmbudget.endpoint;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What the server sends over a connection. While an answer is relayed it is held until somebody says that it is time, as far
 * as there is room: a client that is sent head and body at once is woken once. Used by the thread that serves the connection.
 */
final class ServedOutput extends FilterOutputStream {

    private static final int ROOM = 16 * 1024;

    private final byte[] held = new byte[ROOM];
    private int length;
    private boolean holding;

    ServedOutput(OutputStream out) {
        super(out);
    }

    /** Holds what is written from now on. */
    void hold() {
        holding = true;
    }

    /** Sends what is held. */
    void send() throws IOException {
        if (length > 0) {
            int size = length;
            length = 0;
            out.write(held, 0, size);
        }
    }

    /** Holds no longer. */
    void letGo() throws IOException {
        holding = false;
        send();
    }

    @Override
    public void write(byte[] bytes, int offset, int size) throws IOException {
        if (size > ROOM - length) {
            send();
        }
        if (holding && size <= ROOM - length) {
            System.arraycopy(bytes, offset, held, length, size);
            length += size;
        } else {
            send();
            out.write(bytes, offset, size);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void close() throws IOException {
        letGo();
        out.close();
    }
}
