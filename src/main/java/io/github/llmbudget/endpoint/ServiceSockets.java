package io.github.llmbudget.endpoint;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets to the real service. They connect without asking the JVM for a proxy, as sockets do of themselves: the client has
 * asked already, and the second question would be taken for that of a client which passes the endpoint by. And they tell
 * the thread that reads them that it is about to wait.
 */
final class ServiceSockets extends SocketFactory {

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
    }

    /** What the service sends. */
    private static final class Incoming extends FilterInputStream {

        Incoming(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Runnable action = BEFORE_WAITING.get();
            if (action != null && in.available() == 0) {
                action.run();
            }
            return in.read(bytes, offset, length);
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
