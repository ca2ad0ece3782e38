package io.github.llmbudget.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Serves each connection in a thread of its own. */
abstract class SocketServer implements Server {

    private static final int WAITING = 512;

    private final ServerSocket listening;

    SocketServer() {
        try {
            listening = new ServerSocket(0, WAITING, loopback());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Lets the connections in. */
    final void start() {
        start(this::accept);
    }

    final int port() {
        return listening.getLocalPort();
    }

    @Override
    public final String rootUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** Serves a connection until it ends. */
    abstract void serve(Socket client) throws IOException;

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                client.setTcpNoDelay(true);
                start(() -> serveAndClose(client));
            } catch (IOException e) {
                return; // The server is closed.
            }
        }
    }

    private void serveAndClose(Socket client) {
        try (client) {
            serve(client);
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "socket server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
