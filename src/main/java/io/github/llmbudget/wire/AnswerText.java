package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.llmbudget.token.TokenCounter;
import java.util.Map;
import java.util.TreeMap;

/** The texts of the alternative answers, undecoded, in case they must be counted. */
final class AnswerText {

    /** As many as the services allow. */
    private static final long MOST_CHOICES = 128;

    private final Map<Long, TextBuffer> byChoice = new TreeMap<>();
    private final TextBuffer ofUnknownChoice = new TextBuffer();
    private TextBuffer current = ofUnknownChoice;
    private TextBuffer marked = ofUnknownChoice;
    private long markedIndex;
    private long lastIndex;
    private long length;

    /** An alternative begins; which one is not known yet. */
    void beginChoice() {
        current = ofUnknownChoice;
        lastIndex = 0;
    }

    /** Tells which alternative this is. */
    void choice(long index) {
        lastIndex = index;
        if (ofUnknownChoice.length() == 0) {
            current = textOf(index);
        }
    }

    /** Remembers which alternative the next piece belongs to. */
    void mark() {
        marked = current;
        markedIndex = lastIndex;
    }

    /** The next piece belongs to the same alternative as the one after the mark. */
    void backToMark() {
        current = marked;
        lastIndex = markedIndex;
    }

    void append(byte[] bytes, int offset, int size) {
        length += size;
        current.append(bytes, offset, size);
    }

    void endChoice() {
        if (current == ofUnknownChoice && ofUnknownChoice.length() > 0) {
            ofUnknownChoice.moveTo(textOf(lastIndex));
        }
        current = ofUnknownChoice;
    }

    private TextBuffer textOf(long index) {
        return byChoice.computeIfAbsent(Math.min(index, MOST_CHOICES), key -> new TextBuffer());
    }

    /** Returns how many bytes all texts have, escapes included. */
    long length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Counts the tokens of all texts. Of a very long text the rest is taken to be like its beginning. */
    long tokens(TokenCounter counter) {
        long tokens = tokens(ofUnknownChoice, counter);
        for (TextBuffer text : byChoice.values()) {
            tokens += tokens(text, counter);
        }
        return tokens;
    }

    private static long tokens(TextBuffer text, TokenCounter counter) {
        byte[] kept = text.kept();
        if (kept.length == 0) {
            return 0;
        }
        long counted = counter.count(JsonText.unescaped(new String(kept, UTF_8)));
        return kept.length == text.length() ? counted : Math.round((double) counted * text.length() / kept.length);
    }

    /** Forgets all texts. */
    void release() {
        ofUnknownChoice.release();
        byChoice.values().forEach(TextBuffer::release);
        byChoice.clear();
        length = 0;
    }
}
