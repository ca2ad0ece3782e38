package io.github.llmbudget.cassette;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An event of a stream: its very bytes, and when its parts came.
 *
 * @param raw the bytes, with what ends the event
 * @param parts their lengths and times; usually one, for a service sends its events whole
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record StreamEvent(byte[] raw, List<Part> parts) {

    /**
     * What came at once.
     *
     * @param length how many bytes
     * @param at microseconds from the beginning of the request
     */
    record Part(int length, long at) {}

    /** Divides a body into its events. */
    static List<StreamEvent> of(List<RecordedAnswer.Chunk> chunks, StreamKind kind) {
        ByteBuilder joined = new ByteBuilder(1024);
        chunks.forEach(chunk -> joined.append(chunk.bytes()));
        byte[] body = joined.toBytes();
        List<StreamEvent> events = new ArrayList<>();
        Parts parts = new Parts(chunks);
        for (int from = 0; from < body.length; ) {
            int to = kind == StreamKind.LINES ? afterLine(body, from) : afterEvent(body, from);
            events.add(new StreamEvent(Arrays.copyOfRange(body, from, to), parts.next(to - from)));
            from = to;
        }
        return events;
    }

    /** Puts events together again: what came at the same time came in one piece. */
    static List<RecordedAnswer.Chunk> joined(List<StreamEvent> events) {
        List<RecordedAnswer.Chunk> chunks = new ArrayList<>();
        ByteBuilder piece = new ByteBuilder(256);
        long at = -1;
        for (StreamEvent event : events) {
            int from = 0;
            for (Part part : event.parts) {
                if (part.at != at && piece.length() > 0) {
                    chunks.add(chunk(at, piece));
                    piece = new ByteBuilder(256);
                }
                at = part.at;
                piece.append(event.raw, from, from + part.length);
                from += part.length;
            }
        }
        if (piece.length() > 0) {
            chunks.add(chunk(at, piece));
        }
        return chunks;
    }

    private static RecordedAnswer.Chunk chunk(long at, ByteBuilder piece) {
        return new RecordedAnswer.Chunk(Micros.duration(at), piece.toBytes());
    }

    /** Returns this event with other bytes. Where it came in parts, the last one grows or shrinks. */
    StreamEvent withRaw(byte[] changed) {
        List<Part> fitted = new ArrayList<>();
        int left = changed.length;
        for (int i = 0; i < parts.size() && left > 0; i++) {
            Part part = parts.get(i);
            int length = i == parts.size() - 1 ? left : Math.min(left, part.length);
            fitted.add(new Part(length, part.at));
            left -= length;
        }
        return new StreamEvent(changed, List.copyOf(fitted));
    }

    private static int afterLine(byte[] body, int from) {
        for (int i = from; i < body.length; i++) {
            if (body[i] == '\n') {
                return i + 1;
            }
        }
        return body.length;
    }

    /** An empty line ends an event; a line ends with a line feed, a carriage return, or both. */
    private static int afterEvent(byte[] body, int from) {
        boolean empty = true;
        for (int i = from; i < body.length; i++) {
            if (body[i] == '\n' || body[i] == '\r') {
                if (body[i] == '\r' && i + 1 < body.length && body[i + 1] == '\n') {
                    i++;
                }
                if (empty) {
                    return i + 1;
                }
                empty = true;
            } else {
                empty = false;
            }
        }
        return body.length;
    }

    /** Cuts the times of chunks to lengths of events. */
    private static final class Parts {

        private final List<RecordedAnswer.Chunk> chunks;
        private int index;
        private int used;

        Parts(List<RecordedAnswer.Chunk> chunks) {
            this.chunks = chunks;
        }

        List<Part> next(int length) {
            List<Part> parts = new ArrayList<>(1);
            int left = length;
            while (left > 0) {
                RecordedAnswer.Chunk chunk = chunks.get(index);
                int taken = Math.min(left, chunk.bytes().length - used);
                parts.add(new Part(taken, Micros.of(chunk.at())));
                left -= taken;
                used += taken;
                if (used == chunk.bytes().length) {
                    index++;
                    used = 0;
                }
            }
            return List.copyOf(parts);
        }
    }
}
