package io.github.llmbudget.endpoint;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;

/**
 * Sockets of the endpoint. Answers leave at once (with Nagle's algorithm each answer on a kept connection would wait 40
 * ms), and many connections may come at once.
 */
final class LoopbackSockets extends UnboundSockets {

    private static final int WAITING = 4096;

    private final Layer layer;

    /**
     * Creates the factory.
     *
     * @param layer what lies over each connection, such as TLS
     */
    LoopbackSockets(Layer layer) {
        this.layer = layer;
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Listening();
    }

    /** Puts something over a connection that was accepted. */
    @FunctionalInterface
    interface Layer {

        /** Nothing: what the client sends is HTTP. */
        Layer NONE = accepted -> accepted;

        Socket over(Socket accepted) throws IOException;
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
            return new ServedSocket(layer.over(socket));
        }
    }

    private static final class Accepted extends Socket {

        Accepted() throws IOException {
            super((SocketImpl) null);
        }
    }
}
