package io.github.llmbudget.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

/** Sockets for a server that binds them itself. */
abstract class UnboundSockets extends ServerSocketFactory {

    @Override
    public abstract ServerSocket createServerSocket() throws IOException;

    @Override
    public ServerSocket createServerSocket(int port) {
        throw new UnsupportedOperationException("The server binds its socket itself");
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
        throw new UnsupportedOperationException("The server binds its socket itself");
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
        throw new UnsupportedOperationException("The server binds its socket itself");
    }
}
