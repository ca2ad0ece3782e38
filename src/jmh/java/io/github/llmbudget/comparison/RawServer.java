package io.github.llmbudget.comparison;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * About the least that a server can do: it looks for the end of each request and writes bytes that are there already. Each
 * answer has an id of its own, as those of a real service have.
 */
final class RawServer extends SocketServer {

    private static final long BETWEEN_NANOS = 1_000_000;
    private static final byte[] ASKS_FOR_STREAM = "\"stream\":true".getBytes(US_ASCII);
    private static final byte[] STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(US_ASCII);
    private static final byte[] END_OF_CHUNK = "\r\n".getBytes(US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);

    private final AtomicLong answers = new AtomicLong();
    private final Output.Pace pace;
    private final byte[] answer;
    private final byte[] stream;
    /** Where the head of the stream and each of its events end. */
    private final int[] ends;

    private final Slots answerIds;
    private final Slots streamIds;
    private final Slots times;

    RawServer(Output output) {
        pace = output.pace();
        byte[] body = Payload.answer(output.text());
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(
                ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                        .getBytes(US_ASCII));
        whole.writeBytes(body);
        answer = whole.toByteArray();
        List<byte[]> events = Payload.stream(output.events());
        ends = new int[events.size() + 1];
        stream = chunked(events, ends);
        answerIds = new Slots(answer, Payload.ID, Payload.ID_DIGITS);
        streamIds = new Slots(stream, Payload.ID, Payload.ID_DIGITS);
        times = new Slots(stream, Payload.SENT_AT, Payload.TIME_DIGITS);
        start();
    }

    private static byte[] chunked(List<byte[]> events, int[] ends) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(STREAM_HEAD);
        for (int i = 0; i < events.size(); i++) {
            ends[i] = all.size();
            all.writeBytes(Integer.toHexString(events.get(i).length).getBytes(US_ASCII));
            all.writeBytes(END_OF_CHUNK);
            all.writeBytes(events.get(i));
            all.writeBytes(END_OF_CHUNK);
        }
        ends[events.size()] = all.size();
        all.writeBytes(LAST_CHUNK);
        return all.toByteArray();
    }

    @Override
    void serve(Socket client) throws IOException {
        RequestBytes request = new RequestBytes(client.getInputStream());
        OutputStream out = client.getOutputStream();
        byte[] ownAnswer = answer.clone();
        byte[] ownStream = stream.clone();
        while (request.readNext()) {
            if (!request.contains(ASKS_FOR_STREAM)) {
                answerIds.fill(ownAnswer, answers.incrementAndGet());
                out.write(ownAnswer);
            } else {
                streamIds.fill(ownStream, answers.incrementAndGet());
                writeStream(ownStream, out);
            }
        }
    }

    private void writeStream(byte[] bytes, OutputStream out) throws IOException {
        if (pace == Output.Pace.AT_ONCE) {
            out.write(bytes);
            return;
        }
        out.write(bytes, 0, ends[0]);
        long next = System.nanoTime();
        for (int event = 0; event < ends.length - 1; event++) {
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            times.fill(bytes, event, System.nanoTime());
            out.write(bytes, ends[event], ends[event + 1] - ends[event]);
            next += BETWEEN_NANOS;
        }
        out.write(LAST_CHUNK);
    }
}
