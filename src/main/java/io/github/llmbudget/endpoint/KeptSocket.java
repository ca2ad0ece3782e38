package io.github.llmbudget.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * A socket that listens as long as the JVM runs, for one server after the other. Were it closed with a server, others might
 * be given its port before the next one starts.
 */
final class KeptSocket extends UnboundSockets {

    /** How long a server that is closed may still wait for a connection. */
    private static final int POLL_MILLIS = 100;

    private final ServerSocket listening;

    KeptSocket(ServerSocket listening) {
        this.listening = listening;
        try {
            listening.setSoTimeout(POLL_MILLIS);
        } catch (SocketException e) {
            throw new UncheckedIOException("A socket that was just created cannot be set up", e);
        }
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Lent();
    }

    /** The socket as one server has it. To close it ends the server's share only. */
    private final class Lent extends ServerSocket {

        private volatile boolean returned;

        Lent() throws IOException {
            super();
        }

        @Override
        public void bind(SocketAddress address, int backlog) throws IOException {
            if (!listening.isBound()) {
                listening.bind(address, backlog);
            }
        }

        @Override
        public Socket accept() throws IOException {
            while (!returned) {
                try {
                    return listening.accept();
                } catch (SocketTimeoutException nobodyCame) {
                    // Looks whether the server still wants to know.
                }
            }
            throw new SocketException("The server is closed");
        }

        @Override
        public int getLocalPort() {
            return listening.getLocalPort();
        }

        @Override
        public InetAddress getInetAddress() {
            return listening.getInetAddress();
        }

        @Override
        public SocketAddress getLocalSocketAddress() {
            return listening.getLocalSocketAddress();
        }

        @Override
        public boolean isBound() {
            return listening.isBound();
        }

        @Override
        public boolean isClosed() {
            return returned;
        }

        @Override
        public void close() throws IOException {
            returned = true;
            super.close();
        }
    }
}
