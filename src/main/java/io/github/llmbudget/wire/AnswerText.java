package io.github.llmbudget.wire;

import io.github.llmbudget.token.AnswerChoice;
import io.github.llmbudget.token.StreamTokenCounter;
import io.github.llmbudget.wire.ChoiceText.CallText;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the alternative answers, undecoded, in case they must be counted. A piece may come before it is told which
 * alternative, or which call of a function, it belongs to.
 */
final class AnswerText {

    /** As many as the services allow. */
    private static final int MOST_CHOICES = 128;

    private static final int NO_CALL = -1;

    private final Supplier<StreamTokenCounter> counters;
    /** Once made, they are used again for other answers. */
    private final @Nullable ChoiceText[] byIndex = new ChoiceText[MOST_CHOICES + 1];

    /** Which of them this answer has. */
    private final BitSet told = new BitSet(MOST_CHOICES + 1);

    private final ChoiceText unknownChoice;
    private final CallText unknownCall;

    // Where the next piece belongs
    private ChoiceText choice;
    private long choiceIndex;
    private long callIndex = NO_CALL;

    private ChoiceText markedChoice;
    private long markedChoiceIndex;
    private long markedCallIndex;

    private long length;
    private long lengthBefore;
    private boolean named;

    /**
     * Creates an empty text.
     *
     * @param counters gives a counter for a text that is too long to be kept
     */
    AnswerText(Supplier<StreamTokenCounter> counters) {
        this.counters = counters;
        this.unknownChoice = new ChoiceText(counters);
        this.unknownCall = new CallText(counters);
        this.choice = unknownChoice;
        this.markedChoice = unknownChoice;
    }

    /** An alternative begins: the next one, unless it is told which. */
    void beginChoice() {
        choice = unknownChoice;
        callIndex = NO_CALL;
    }

    /**
     * Tells which alternative this is.
     *
     * @param settled whether what comes belongs there for certain, so that it is never {@linkplain #discard discarded}
     */
    void choice(long index, boolean settled) {
        choiceIndex = index;
        if (settled && unknownChoice.isEmpty() && unknownCall.isEmpty()) {
            choice = choiceAt(index);
        }
    }

    private ChoiceText choiceAt(long index) {
        int at = (int) Math.min(index, MOST_CHOICES);
        ChoiceText known = byIndex[at];
        if (known == null) {
            known = new ChoiceText(counters);
            byIndex[at] = known;
        }
        told.set(at);
        return known;
    }

    void endChoice() {
        endCall();
        if (choice == unknownChoice && !unknownChoice.isEmpty()) {
            unknownChoice.moveTo(choiceAt(choiceIndex));
        }
        choice = unknownChoice;
        choiceIndex++;
    }

    /** A call of a function begins: the next one, unless it is told which. */
    void beginCall() {
        callIndex++;
    }

    /** Tells which call this is. */
    void call(long index) {
        callIndex = index;
    }

    void callName(String name) {
        named = true;
        unknownCall.name(name);
    }

    void endCall() {
        if (!unknownCall.isEmpty()) {
            unknownCall.moveTo(choice.callLike(Math.max(0, callIndex), unknownCall));
        }
    }

    void append(byte[] bytes, int offset, int size) {
        length += size;
        choice.text().append(bytes, offset, size);
    }

    void appendArguments(byte[] bytes, int offset, int size) {
        length += size;
        unknownCall.arguments().append(bytes, offset, size);
    }

    /** Forgets what the JSON text said of which it was not settled where it belongs. */
    void discard() {
        unknownCall.release();
        unknownChoice.release();
        length = lengthBefore;
    }

    /** A JSON text is over; the next one begins with the first alternative. */
    void endText() {
        endChoice();
        lengthBefore = length;
        choiceIndex = 0;
        callIndex = NO_CALL;
    }

    /** Remembers where the next piece belongs. */
    void mark() {
        markedChoice = choice;
        markedChoiceIndex = choiceIndex;
        markedCallIndex = callIndex;
    }

    /** The next piece belongs where the one after the mark did. */
    void backToMark() {
        choice = markedChoice;
        choiceIndex = markedChoiceIndex;
        callIndex = markedCallIndex;
    }

    /** Returns how many bytes all texts have, escapes included. */
    long length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0 && !named;
    }

    /** Counts the tokens of all alternatives so far, without what stands around them. */
    long tokensSoFar() {
        return toldChoices().mapToLong(ChoiceText::tokensSoFar).sum();
    }

    /** Returns all alternatives for counting. */
    List<AnswerChoice> choices() {
        return toldChoices().map(ChoiceText::written).toList();
    }

    private Stream<ChoiceText> toldChoices() {
        return told.stream().mapToObj(this::choiceAt);
    }

    /** Forgets all texts. */
    void release() {
        discard();
        for (int at = told.nextSetBit(0); at >= 0; at = told.nextSetBit(at + 1)) {
            choiceAt(at).release();
        }
        told.clear();
        choice = unknownChoice;
        markedChoice = unknownChoice;
        length = 0;
        lengthBefore = 0;
        named = false;
    }

    /** Forgets everything. */
    void clear() {
        release();
        choice = unknownChoice;
        choiceIndex = 0;
        callIndex = NO_CALL;
        mark();
    }
}
