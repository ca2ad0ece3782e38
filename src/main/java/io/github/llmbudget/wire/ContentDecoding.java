package io.github.llmbudget.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a body as its bytes pass. However the bytes are cut, those handed on are the same in total; no bytes make it
 * throw.
 *
 * <p>What gzip and deflate packed is handed on as soon as its bytes are there, so a body that breaks off is handed on
 * up to that point. This is no {@link #problem()}: that it broke off is known to whoever brought the bytes. Brotli
 * keeps back, see {@link BrotliDecoding}.
 *
 * <p>Used by one thread at a time: {@link #accept} for each piece, {@link #finish} once the body is over, always, for a
 * thread may wait for it.
 */
final class ContentDecoding implements Decoding {

    /** More than any service uses, and few enough for the stack. */
    private static final int MOST_CODINGS = 5;

    private static final List<String> NOT_PACKED = List.of(SniffedDecoding.IDENTITY);

    private final List<SniffedDecoding> stages = new ArrayList<>(1);
    private final ByteSink first;
    private boolean finished;

    /**
     * Creates a decoding.
     *
     * @param contentEncoding the header's value, {@code null} if there is none
     * @param sink takes the decoded bytes
     */
    ContentDecoding(@Nullable String contentEncoding, ByteSink sink) {
        ByteSink next = sink;
        for (String coding : codings(contentEncoding)) {
            SniffedDecoding stage = new SniffedDecoding(coding, next);
            // The coding named last was applied last, so it is the first to be undone.
            stages.add(0, stage);
            next = stage;
        }
        first = next;
    }

    private static List<String> codings(@Nullable String contentEncoding) {
        if (contentEncoding == null) {
            return NOT_PACKED;
        }
        String header = contentEncoding.strip().toLowerCase(Locale.ROOT);
        List<String> codings = Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .filter(coding -> !coding.isEmpty() && !coding.equals(SniffedDecoding.IDENTITY))
                .toList();
        if (codings.isEmpty()) {
            return NOT_PACKED;
        }
        return codings.size() > MOST_CODINGS ? List.of(header) : codings;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        if (!finished) {
            first.accept(bytes, offset, length);
        }
    }

    @Override
    public void finish() {
        if (!finished) {
            finished = true;
            stages.forEach(Decoding::finish);
        }
    }

    /** Begins again with another body. */
    void clear() {
        finished = false;
        stages.forEach(SniffedDecoding::clear);
    }

    @Override
    public @Nullable String problem() {
        return stages.stream()
                .map(Decoding::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
