package io.github.llmbudget.comparison;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;

/** Makes the first call of a JVM with nothing but a socket: what a JVM needs at least. */
final class RawCallMain {

    private RawCallMain() {}

    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        try (RawServer server = new RawServer(Output.USUAL);
                Socket socket = new Socket(SocketServer.loopback(), server.port())) {
            socket.getOutputStream()
                    .write(("POST " + Payload.PATH + " HTTP/1.1\r\nContent-Length: " + Payload.CALL.length()
                                    + "\r\n\r\n" + Payload.CALL)
                            .getBytes(US_ASCII));
            if (socket.getInputStream().read(new byte[4096]) < 0) {
                throw new IOException("No answer came");
            }
        }
        double nanos = System.nanoTime() - start;
        Child.end(Map.of(Figure.MILLIS, nanos / 1e6));
    }
}
