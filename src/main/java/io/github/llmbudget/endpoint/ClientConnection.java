package io.github.llmbudget.endpoint;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends over its connection. While a client waits for its answer it sends nothing, so the end of what it
 * sends means that it is gone. Safe for use by the thread that serves the connection and one that looks after it.
 */
final class ClientConnection extends FilterInputStream {

    /** The connection that each of the server's threads serves. */
    private static final ThreadLocal<@Nullable ClientConnection> SERVED = new ThreadLocal<>();

    private static final int BUFFER_SIZE = 8 * 1024;
    private static final int NOTHING = -2;
    private static final int END = -1;

    private final Socket socket;
    private final ServedOutput output;
    private final ReentrantLock reading = new ReentrantLock();
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int ahead = NOTHING;

    ClientConnection(Socket socket, InputStream in, ServedOutput output) {
        super(in);
        this.socket = socket;
        this.output = output;
    }

    /**
     * Returns the connection that this thread serves.
     *
     * @throws IllegalStateException if it serves none
     */
    static ClientConnection served() {
        ClientConnection served = SERVED.get();
        if (served == null) {
            throw new IllegalStateException("This thread serves no connection");
        }
        return served;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int length = read(one, 0, 1);
        return length < 0 ? END : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        SERVED.set(this);
        reading.lock();
        try {
            if (ahead == NOTHING || length == 0) {
                return in.read(bytes, offset, length);
            }
            int first = ahead;
            if (first == END) {
                return END;
            }
            ahead = NOTHING;
            bytes[offset] = (byte) first;
            return 1;
        } finally {
            reading.unlock();
        }
    }

    /** Returns room for what comes of an answer; used for one answer at a time. */
    byte[] buffer() {
        return buffer;
    }

    /** Returns what goes back to the client. */
    ServedOutput output() {
        return output;
    }

    /** Lets the connection be reset once it is closed. */
    void lingerForNoTime() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            throw new UncheckedIOException("A connection that is open cannot be set up", e);
        }
    }

    /** Tells whether the client has closed the connection. Looks a byte ahead, which the next request then begins with. */
    boolean isClosedByClient() {
        if (!reading.tryLock()) {
            return false; // The next request is being read.
        }
        try {
            if (ahead == NOTHING) {
                int before = socket.getSoTimeout();
                socket.setSoTimeout(1);
                try {
                    ahead = in.read();
                } finally {
                    socket.setSoTimeout(before);
                }
            }
            return ahead == END;
        } catch (SocketTimeoutException stillWaiting) {
            return false;
        } catch (IOException reset) {
            return true;
        } finally {
            reading.unlock();
        }
    }
}
