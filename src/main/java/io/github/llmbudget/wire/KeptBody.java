package io.github.llmbudget.wire;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a body as its bytes pass, and keeps its beginning. No bytes make it throw. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class KeptBody {

    /** Of longer bodies only so much is kept, in bytes. */
    public static final int MOST_BYTES = 1 << 20;

    private final @Nullable String contentType;
    private final ContentDecoding decoding;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long leftOut;

    /**
     * Begins with the headers of a body.
     *
     * @param headers the header lines of its request or answer
     */
    public KeptBody(List<HttpExchange.Header> headers) {
        this.contentType = value("Content-Type", headers);
        this.decoding = new ContentDecoding(value("Content-Encoding", headers), this::keep);
    }

    private static @Nullable String value(String name, List<HttpExchange.Header> headers) {
        return headers.stream()
                .filter(header -> header.is(name))
                .map(HttpExchange.Header::value)
                .findFirst()
                .orElse(null);
    }

    private void keep(byte[] bytes, int offset, int length) {
        int room = Math.min(length, MOST_BYTES - kept.size());
        kept.write(bytes, offset, room);
        leftOut += length - room;
    }

    /**
     * Takes the next bytes.
     *
     * @param bytes holds the bytes
     * @param offset where they begin
     * @param length how many there are
     */
    public synchronized void accept(byte[] bytes, int offset, int length) {
        decoding.accept(bytes, offset, length);
    }

    /** Ends the body; must be called once it is over. May be called more than once. */
    public synchronized void finish() {
        decoding.finish();
    }

    /**
     * Returns what kind of body its headers say it is.
     *
     * @return the Content-Type, {@code null} if there is none
     */
    public @Nullable String contentType() {
        return contentType;
    }

    /**
     * Returns what is kept.
     *
     * @return the unpacked bytes, {@value #MOST_BYTES} at most
     */
    public synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    /**
     * Returns how much is not kept.
     *
     * @return the number of unpacked bytes that came after those that are kept
     */
    public synchronized long leftOut() {
        return leftOut;
    }

    /**
     * Tells why not all of the body could be unpacked.
     *
     * @return a clause for a reader, empty if nothing was in the way
     */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(decoding.problem());
    }
}
