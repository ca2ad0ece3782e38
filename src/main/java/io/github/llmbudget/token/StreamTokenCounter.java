package io.github.llmbudget.token;

import java.util.regex.Matcher;
import org.apiguardian.api.API;

/**
 * Counts a text that comes in pieces, as exactly as if it had come whole, in time that grows with its length only.
 *
 * <p>An encoding takes a text apart into words and the like, and no token reaches over the end of one. So what stands
 * before a word that cannot grow any more is counted once and dropped; the rest is kept until more has come.
 *
 * <p>Used by one thread at a time.
 *
 * <pre>{@code
 * StreamTokenCounter counter = tokens.ofStream("gpt-4o");
 * counter.append("Refunds ta");
 * counter.append("ke 5 days.");
 * assertThat(counter.count()).isEqualTo(7);
 * }</pre>
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class StreamTokenCounter {

    /** A tail longer than this is one endless word, or a run of blanks. */
    private static final int LONG_TAIL = 256;

    /** By which part a long tail must have grown before it is looked at again. */
    private static final int GROWTH = 4;

    /** The longest token of any encoding, in characters. */
    private static final int LONGEST_TOKEN = 128;

    private static final char NEXT_LINE = '\u0085';

    private final TextEncoding encoding;
    private final StringBuilder tail = new StringBuilder();
    private final Matcher pieces;
    private long committed;
    private int nextLook;

    StreamTokenCounter(TextEncoding encoding) {
        this.encoding = encoding;
        this.pieces = encoding.pieces().matcher(tail);
    }

    /**
     * Takes the next piece.
     *
     * @param piece any text, also half of a surrogate pair whose other half is still to come
     */
    public void append(CharSequence piece) {
        tail.append(piece);
        if (tail.length() >= nextLook) {
            commit();
            nextLook = tail.length() > LONG_TAIL ? tail.length() + tail.length() / GROWTH : 0;
        }
    }

    /** Counts what nothing that may follow can change. */
    private void commit() {
        int length = tail.length();
        int end = length > 0 && Character.isHighSurrogate(tail.charAt(length - 1)) ? length - 1 : length;
        pieces.reset().region(0, end);
        int cut = 0;
        // How a run of blanks is taken apart depends on what follows it.
        while (pieces.find() && !pieces.hitEnd()) {
            if (!isBlank(tail.charAt(pieces.end() - 1))) {
                cut = pieces.end();
            }
        }
        if (cut > 0) {
            committed += encoding.count(tail.substring(0, cut));
            tail.delete(0, cut);
        }
    }

    /** The encodings take more for a blank than Java does. */
    private static boolean isBlank(char last) {
        return Character.isWhitespace(last) || Character.isSpaceChar(last) || last == NEXT_LINE;
    }

    /**
     * Returns the tokens of the text so far, taken as a whole. It may be less after the next piece, for two words may
     * become one.
     *
     * @return the number of tokens
     */
    public long count() {
        return committed + encoding.count(tail);
    }

    /**
     * Returns how many tokens the text will have at least, whatever follows. It never decreases, and is late by the tokens
     * of the last word.
     *
     * @return the number of tokens, at most {@link #count()}
     */
    public long lowerBound() {
        return committed + (tail.length() + LONGEST_TOKEN - 1) / LONGEST_TOKEN;
    }
}
