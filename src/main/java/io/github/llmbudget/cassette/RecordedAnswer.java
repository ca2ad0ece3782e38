package io.github.llmbudget.cassette;

import io.github.llmbudget.wire.HttpExchange;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * An answer as it came. The body of a stream keeps the pieces in which it came; any other body is one piece.
 *
 * @param status the HTTP status
 * @param headers the header lines that are kept, in order
 * @param chunks the body; no piece is empty, and each comes later than the one before it
 * @param cut whether the connection broke, or the client left, before the end
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record RecordedAnswer(int status, List<HttpExchange.Header> headers, List<Chunk> chunks, boolean cut) {

    /**
     * A piece of a body.
     *
     * @param at when it came, from the beginning of the request, in whole microseconds
     * @param bytes its bytes; must not be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record Chunk(Duration at, byte[] bytes) {}

    /**
     * Creates an answer.
     *
     * @param status the HTTP status
     * @param headers the header lines that are kept
     * @param chunks the pieces of the body; joined, unless it is a stream, and set apart where they came at once
     * @param cut whether the body ends before its end
     */
    public RecordedAnswer {
        headers = List.copyOf(headers);
        chunks = StreamKind.of(headers) == StreamKind.NONE ? joined(chunks) : setApart(chunks);
    }

    private static List<Chunk> joined(List<Chunk> chunks) {
        List<Chunk> filled =
                chunks.stream().filter(chunk -> chunk.bytes().length > 0).toList();
        if (filled.isEmpty()) {
            return List.of();
        }
        Chunk first = filled.get(0);
        return List.of(new Chunk(inMicros(first.at()), filled.size() == 1 ? first.bytes() : bytes(filled)));
    }

    private static List<Chunk> setApart(List<Chunk> chunks) {
        List<Chunk> apart = new ArrayList<>(chunks.size());
        Duration earliest = Duration.ZERO;
        for (Chunk chunk : chunks) {
            if (chunk.bytes().length > 0) {
                Duration at = inMicros(chunk.at());
                at = at.compareTo(earliest) < 0 ? earliest : at;
                apart.add(new Chunk(at, chunk.bytes()));
                earliest = at.plus(1, ChronoUnit.MICROS);
            }
        }
        return List.copyOf(apart);
    }

    private static Duration inMicros(Duration at) {
        return at.isNegative() ? Duration.ZERO : at.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Returns the head of the answer.
     *
     * @return status and headers
     */
    public HttpExchange.Response head() {
        return new HttpExchange.Response(status, headers);
    }

    /**
     * Returns the whole body.
     *
     * @return its bytes
     */
    public byte[] body() {
        return bytes(chunks);
    }

    StreamKind stream() {
        return StreamKind.of(headers);
    }

    private static byte[] bytes(List<Chunk> chunks) {
        int length = chunks.stream().mapToInt(chunk -> chunk.bytes().length).sum();
        ByteBuilder joined = new ByteBuilder(length);
        chunks.forEach(chunk -> joined.append(chunk.bytes()));
        return joined.toBytes();
    }

    /** Returns the status, and nothing that may be private. */
    @Override
    public String toString() {
        return "HTTP " + status + (cut ? ", cut" : "");
    }
}
