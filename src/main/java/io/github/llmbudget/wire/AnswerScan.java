package io.github.llmbudget.wire;

import io.github.llmbudget.token.StreamTokenCounter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks, frames and scans the bytes of one answer after the other. What it is made of is dear to make, and the same for
 * every answer of a kind. Used by one thread at a time.
 */
final class AnswerScan {

    private final FoundFields found;
    private final JsonScanner json;
    private final BodyFraming body;
    private final ContentDecoding unpacked;
    private ContentDecoding decoding;
    private Supplier<StreamTokenCounter> counters = AnswerScan::nobodyCounts;

    AnswerScan(JsonAnswer answer) {
        found = new FoundFields(answer, () -> counters.get());
        json = new JsonScanner(answer.paths, found);
        body = new BodyFraming(json);
        unpacked = new ContentDecoding(null, body::accept);
        decoding = unpacked;
    }

    private static StreamTokenCounter nobodyCounts() {
        throw new IllegalStateException("No answer is read");
    }

    /**
     * Begins an answer.
     *
     * @param counting gives a counter for a text that is too long to be kept
     */
    void open(Supplier<StreamTokenCounter> counting) {
        counters = counting;
    }

    /** Becomes as good as new. */
    void clear() {
        decoding.finish();
        counters = AnswerScan::nobodyCounts;
        unpacked.clear();
        decoding = unpacked;
        body.clear();
        json.clear();
        found.clear();
    }

    /** Tells how the answer is packed, {@code null} if its head does not say. */
    void packed(@Nullable String contentEncoding) {
        if (contentEncoding != null) {
            decoding = new ContentDecoding(contentEncoding, body::accept);
        }
    }

    void accept(byte[] bytes, int offset, int length) {
        decoding.accept(bytes, offset, length);
    }

    /** Tells whether nothing that follows can change the call. */
    boolean isComplete(boolean streamed) {
        return body.hasSeenEndMark()
                || found.isLastTextOver()
                || (body.isWholeText() && (!streamed || json.isOuterArray()));
    }

    /** Ends the answer. */
    void finish(boolean complete) {
        if (!complete) {
            decoding.finish();
        }
        body.finish();
        found.errorEvent(body.hasSeenErrorEvent());
    }

    /** Tells, in a clause, why not all could be unpacked. */
    @Nullable
    String problem() {
        return decoding.problem();
    }

    FoundFields found() {
        return found;
    }

    BodyFraming body() {
        return body;
    }
}
