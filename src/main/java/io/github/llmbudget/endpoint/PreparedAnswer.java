package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that is there already: pieces of a body, each after a wait, and at the end, if so told, a cut. */
final class PreparedAnswer implements Answer {

    private final HttpExchange.Response head;
    private final List<Piece> pieces;
    private final boolean cut;
    private final @Nullable Instant recorded;
    private final Pause pause;
    private volatile boolean brokenOff;
    private volatile boolean hurried;
    private int next;
    private int offset;

    /** Creates an answer that is made for a request. */
    PreparedAnswer(
            int status,
            String contentType,
            List<Piece> pieces,
            boolean cut,
            List<HttpExchange.Header> headers,
            Pause pause) {
        this(new HttpExchange.Response(status, withType(contentType, headers)), pieces, cut, null, pause);
    }

    /**
     * Creates an answer.
     *
     * @param head status and headers
     * @param pieces the body
     * @param cut whether the connection breaks where the pieces end
     * @param recorded when it was recorded, {@code null} if it is made for a request
     * @param pause lets it wait
     */
    PreparedAnswer(
            HttpExchange.Response head, List<Piece> pieces, boolean cut, @Nullable Instant recorded, Pause pause) {
        this.head = head;
        this.pieces = pieces;
        this.cut = cut;
        this.recorded = recorded;
        this.pause = pause;
    }

    private static List<HttpExchange.Header> withType(String contentType, List<HttpExchange.Header> headers) {
        HttpExchange.Header type = new HttpExchange.Header("Content-Type", contentType);
        if (headers.stream().anyMatch(given -> given.is(type.name()))) {
            return headers;
        }
        List<HttpExchange.Header> all = new ArrayList<>(headers.size() + 1);
        all.add(type);
        all.addAll(headers);
        return all;
    }

    @Override
    public @Nullable Instant recorded() {
        return recorded;
    }

    @Override
    public HttpExchange.Response head() {
        return head;
    }

    /** Nothing more is said of an answer that is cut. */
    @Override
    public long length() {
        if (cut) {
            return UNKNOWN_LENGTH;
        }
        long length = 0;
        for (Piece piece : pieces) {
            length += piece.bytes.length;
        }
        return length;
    }

    @Override
    public int read(byte[] buffer, int at, Runnable beforeWaiting) throws IOException {
        if (next == pieces.size()) {
            if (cut) {
                throw new DroppedConnectionException(false);
            }
            return -1;
        }
        Piece piece = pieces.get(next);
        if (offset == 0 && !piece.delay.isZero()) {
            beforeWaiting.run();
            pause.sleep(piece.delay, () -> brokenOff || hurried);
        }
        if (brokenOff) {
            throw new IOException("Nobody waits for the answer any more");
        }
        int length = Math.min(buffer.length - at, piece.bytes.length - offset);
        System.arraycopy(piece.bytes, offset, buffer, at, length);
        offset += length;
        if (offset == piece.bytes.length) {
            next++;
            offset = 0;
        }
        return length;
    }

    @Override
    public void hurry() {
        hurried = true;
        pause.look();
    }

    @Override
    public void breakOff() {
        brokenOff = true;
        pause.look();
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    /** A part of the body, and how long to wait before it. */
    @SuppressWarnings("ArrayRecordComponent") // a piece is written, never compared
    record Piece(Duration delay, byte[] bytes) {

        static Piece of(Duration delay, String text) {
            return new Piece(delay, text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
