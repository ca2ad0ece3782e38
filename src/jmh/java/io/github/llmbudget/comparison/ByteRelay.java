package io.github.llmbudget.comparison;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;

/** About the least that a proxy can do which finds the usage: it hands on the bytes and looks for the name among them. */
final class ByteRelay extends SocketServer {

    private static final int BUFFER_SIZE = 8 * 1024;
    private static final byte[] USAGE = "\"usage\":".getBytes(US_ASCII);
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(US_ASCII);

    private final RawServer upstream;

    /**
     * Starts it.
     *
     * @param upstream who answers; it is closed with this relay
     */
    ByteRelay(RawServer upstream) {
        this.upstream = upstream;
        start();
    }

    @Override
    void serve(Socket client) throws IOException {
        try (Socket service = new Socket(loopback(), upstream.port())) {
            service.setTcpNoDelay(true);
            RequestBytes request = new RequestBytes(client.getInputStream());
            byte[] buffer = new byte[BUFFER_SIZE];
            while (request.readNext()) {
                service.getOutputStream().write(request.bytes(), 0, request.length());
                relay(service.getInputStream(), client.getOutputStream(), buffer);
            }
        }
    }

    @Override
    public void close() {
        super.close();
        upstream.close();
    }

    private static void relay(InputStream in, OutputStream out, byte[] buffer) throws IOException {
        long left = -1;
        boolean begun = false;
        boolean usageFound = false;
        boolean ended = false;
        while (!ended) {
            int length = in.read(buffer);
            if (length < 0) {
                throw new IOException("The service left");
            }
            usageFound |= contains(buffer, length, USAGE);
            if (!begun) {
                begun = true;
                left = left(buffer, length);
            } else if (left >= 0) {
                left -= length;
            }
            ended = left < 0 ? endsWithLastChunk(buffer, length) : left == 0;
            if (ended && !usageFound) {
                throw new IOException("No usage came");
            }
            out.write(buffer, 0, length);
        }
    }

    private static boolean contains(byte[] bytes, int length, byte[] text) {
        byte last = text[text.length - 1];
        for (int end = text.length; end <= length; end++) {
            if (bytes[end - 1] == last && Arrays.equals(bytes, end - text.length, end, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }

    /** Returns how much of the body is still to come, -1 if it comes in chunks. The head comes in one piece. */
    private static long left(byte[] bytes, int length) {
        int head = RequestBytes.indexOf(bytes, length, END_OF_HEAD) + END_OF_HEAD.length;
        int at = RequestBytes.indexOf(bytes, head, LENGTH);
        if (at < 0) {
            return -1;
        }
        long body = 0;
        for (int i = at + LENGTH.length; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            body = 10 * body + bytes[i] - '0';
        }
        return body - (length - head);
    }

    private static boolean endsWithLastChunk(byte[] bytes, int length) {
        int from = length - LAST_CHUNK.length;
        for (int i = 0; i < LAST_CHUNK.length; i++) {
            if (from < 0 || bytes[from + i] != LAST_CHUNK[i]) {
                return from < 0 && new String(bytes, 0, length, US_ASCII).equals("0\r\n\r\n");
            }
        }
        return true;
    }
}
