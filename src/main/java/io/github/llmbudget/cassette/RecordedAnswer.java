package io.github.llmbudget.cassette;

import io.github.llmbudget.wire.HttpExchange;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * An answer as it came. The body of a stream keeps the pieces in which it came; any other body is one piece. Immutable.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RecordedAnswer {

    private final int status;
    private final List<HttpExchange.Header> headers;
    private final Supplier<List<Chunk>> chunks;
    private final boolean cut;

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
     * @param headers the header lines that are kept, in order
     * @param chunks the pieces of the body; joined, unless it is a stream, and set apart where they came at once
     * @param cut whether the connection broke, or the client left, before the end
     */
    public RecordedAnswer(int status, List<HttpExchange.Header> headers, List<Chunk> chunks, boolean cut) {
        this.status = status;
        this.headers = List.copyOf(headers);
        List<Chunk> ordered = ordered(headers, chunks);
        this.chunks = () -> ordered;
        this.cut = cut;
    }

    private RecordedAnswer(Supplier<List<Chunk>> chunks, int status, List<HttpExchange.Header> headers, boolean cut) {
        this.status = status;
        this.headers = headers;
        this.chunks = () -> ordered(headers, chunks.get());
        this.cut = cut;
    }

    /** Creates an answer of a big cassette, most of which nobody will ask for: its body is made when it is. */
    static RecordedAnswer lazy(
            int status, List<HttpExchange.Header> headers, Supplier<List<Chunk>> chunks, boolean cut) {
        return new RecordedAnswer(chunks, status, headers, cut);
    }

    private static List<Chunk> ordered(List<HttpExchange.Header> headers, List<Chunk> chunks) {
        return StreamKind.of(headers) == StreamKind.NONE ? joined(chunks) : setApart(chunks);
    }

    /**
     * Returns the HTTP status.
     *
     * @return the status
     */
    public int status() {
        return status;
    }

    /**
     * Returns the header lines that are kept.
     *
     * @return the lines, in order
     */
    public List<HttpExchange.Header> headers() {
        return headers;
    }

    /**
     * Returns the body.
     *
     * @return its pieces; none is empty, and each comes later than the one before it
     */
    public List<Chunk> chunks() {
        return chunks.get();
    }

    /**
     * Tells whether the body ends before its end.
     *
     * @return whether the connection broke, or the client left
     */
    public boolean cut() {
        return cut;
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
        return bytes(chunks());
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
