package io.github.llmbudget.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets to the real service. They connect without asking the JVM for a proxy, as sockets do of themselves: the client has
 * asked already, and the second question would be taken for that of a client which passes the endpoint by. And they tell
 * the thread that reads them that it is about to wait.
 */
final class ServiceSockets extends SocketFactory {

    private static final int ROOM = 64 * 1024;

    /** As long as the official clients wait for a model that thinks. */
    static final int LONGEST_SILENCE_MILLIS = 10 * 60 * 1000;

    private static final ThreadLocal<@Nullable Runnable> BEFORE_WAITING = new ThreadLocal<>();

    /** Says what this thread does before it reads from a socket, {@code null} for nothing. */
    static void beforeWaiting(@Nullable Runnable action) {
        BEFORE_WAITING.set(action);
    }

    @Override
    public Socket createSocket() {
        return new ServiceSocket();
    }

    private static final class ServiceSocket extends Socket {

        ServiceSocket() {
            super(Proxy.NO_PROXY);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Incoming(super.getInputStream());
        }

        /** The client sets no limit: to keep one, it would wake a thread of its own with each read. */
        @Override
        public synchronized void setSoTimeout(int millis) throws SocketException {
            super.setSoTimeout(millis == 0 ? LONGEST_SILENCE_MILLIS : millis);
        }
    }

    /** What the service sends, taken in larger pieces than the client asks for: a stream that comes fast is read rarely. */
    private static final class Incoming extends InputStream {

        private final InputStream in;
        private final byte[] buffer = new byte[ROOM];
        private int position;
        private int limit;

        Incoming(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (position == limit) {
                Runnable action = BEFORE_WAITING.get();
                if (action != null && in.available() == 0) {
                    action.run();
                }
                int size = in.read(buffer, 0, ROOM);
                if (size < 0) {
                    return size;
                }
                position = 0;
                limit = size;
            }
            int size = Math.min(length, limit - position);
            System.arraycopy(buffer, position, bytes, offset, size);
            position += size;
            return size;
        }

        @Override
        public int available() throws IOException {
            return limit - position + in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connectsItself();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int localPort) {
        throw connectsItself();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connectsItself();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int localPort) {
        throw connectsItself();
    }

    private static UnsupportedOperationException connectsItself() {
        return new UnsupportedOperationException("The client connects its sockets itself");
    }
}
