package io.github.llmbudget.comparison;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** About the least that a server can do: it looks for the end of each request and writes bytes that are there already. */
final class RawServer extends SocketServer {

    private static final long BETWEEN_NANOS = 1_000_000;
    private static final byte[] STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);

    /** How a stream comes. */
    enum Pace {
        AT_ONCE,
        AN_EVENT_A_MILLISECOND
    }

    private final Pace pace;
    private final byte[] answer;
    private final List<byte[]> chunks;
    private final byte[] stream;

    RawServer(Pace pace, int events) {
        this.pace = pace;
        this.answer = join(
                ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + Payload.ANSWER.length
                                + "\r\n\r\n")
                        .getBytes(US_ASCII),
                Payload.ANSWER);
        this.chunks = Payload.events(events).stream().map(RawServer::chunk).toList();
        this.stream = join(STREAM_HEAD, Payload.joined(chunks), LAST_CHUNK);
    }

    private static byte[] chunk(byte[] bytes) {
        return join((Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII), bytes, "\r\n".getBytes(US_ASCII));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    void serve(Socket client) throws IOException {
        RequestBytes request = new RequestBytes(client.getInputStream());
        OutputStream out = client.getOutputStream();
        while (request.readNext()) {
            if (!request.contains("\"stream\":true")) {
                out.write(answer);
            } else if (pace == Pace.AT_ONCE) {
                out.write(stream);
            } else {
                writePaced(out);
            }
        }
    }

    private void writePaced(OutputStream out) throws IOException {
        out.write(STREAM_HEAD);
        long next = System.nanoTime();
        for (byte[] chunk : chunks) {
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            writeTime(chunk);
            out.write(chunk);
            next += BETWEEN_NANOS;
        }
        out.write(LAST_CHUNK);
    }

    /** Writes the time in place, so that nothing is allocated for it. */
    private static void writeTime(byte[] chunk) {
        int end = new Position(chunk).afterTime();
        long time = System.nanoTime();
        for (int at = end - 1; at >= end - Payload.TIME.length() && end > 0; at--) {
            chunk[at] = (byte) ('0' + time % 10);
            time /= 10;
        }
    }

    /** Where the time stands in an event, if it does. */
    private record Position(@SuppressWarnings("ArrayRecordComponent") byte[] chunk) {

        private static final byte[] MARK = Payload.SENT_AT.getBytes(ISO_8859_1);

        int afterTime() {
            int at = RequestBytes.indexOf(chunk, chunk.length, MARK);
            return at < 0 ? 0 : at + MARK.length + Payload.TIME.length();
        }
    }
}
