package io.github.llmbudget.endpoint;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;

/**
 * Sockets of the endpoint. Answers leave at once (with Nagle's algorithm each answer on a kept connection would wait 40
 * ms), many connections may come at once, and whoever writes to a client that is gone is told, even where the server keeps it to itself.
 */
final class LoopbackSockets extends UnboundSockets {

    private static final int WAITING = 4096;

    private final Runnable clientGone;

    /**
     * Creates the factory.
     *
     * @param clientGone is run, on the thread that writes, when a write fails
     */
    LoopbackSockets(Runnable clientGone) {
        this.clientGone = clientGone;
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Listening();
    }

    private final class Listening extends ServerSocket {

        Listening() throws IOException {
            super();
        }

        /** The server has room for 50 connections to wait; more at once, as of parallel tests, would be reset. */
        @Override
        public void bind(SocketAddress address, int backlog) throws IOException {
            super.bind(address, WAITING);
        }

        @Override
        public Socket accept() throws IOException {
            Accepted socket = new Accepted();
            implAccept(socket);
            socket.setTcpNoDelay(true);
            return socket;
        }
    }

    private final class Accepted extends Socket {

        Accepted() throws IOException {
            super((SocketImpl) null);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new ClientConnection(this, super.getInputStream());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new Watched(super.getOutputStream());
        }
    }

    private final class Watched extends FilterOutputStream {

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                clientGone.run();
                throw e;
            }
        }
    }
}
