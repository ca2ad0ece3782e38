package io.github.llmbudget.wire;

import io.github.llmbudget.token.AnswerChoice;
import io.github.llmbudget.token.FunctionCall;
import io.github.llmbudget.token.StreamTokenCounter;
import io.github.llmbudget.token.WrittenText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What one of several alternative answers says: its text, and the functions it asks for. */
final class ChoiceText {

    /** More than any model asks for at once. */
    private static final long MOST_CALLS = 128;

    private final Supplier<StreamTokenCounter> counters;
    private final TextBuffer text;
    private final TreeMap<Long, CallText> calls = new TreeMap<>();

    ChoiceText(Supplier<StreamTokenCounter> counters) {
        this.counters = counters;
        this.text = new TextBuffer(counters);
    }

    TextBuffer text() {
        return text;
    }

    /** Returns one of its calls, a new one if there is none of that number. */
    CallText call(long index) {
        return calls.computeIfAbsent(Math.min(index, MOST_CALLS), key -> new CallText(counters));
    }

    /**
     * Finds the call that a piece goes on with. A service that does not number its calls rightly begins another one with
     * another name.
     */
    CallText callLike(long index, CallText piece) {
        CallText same = call(index);
        if (same.name.isEmpty() || piece.name.isEmpty() || same.name.equals(piece.name)) {
            return same;
        }
        return call(calls.lastKey() + 1);
    }

    boolean isEmpty() {
        return text.isEmpty() && calls.isEmpty();
    }

    /** Moves everything to another choice. */
    void moveTo(ChoiceText other) {
        text.moveTo(other.text);
        calls.forEach((index, call) -> call.moveTo(other.callLike(index, call)));
        calls.clear();
    }

    /** Counts the tokens of all texts and arguments so far. */
    long tokensSoFar() {
        return text.tokensSoFar()
                + calls.values().stream()
                        .mapToLong(call -> call.arguments.tokensSoFar())
                        .sum();
    }

    /** Returns everything for counting. */
    AnswerChoice written() {
        List<WrittenText> texts = new ArrayList<>();
        if (!text.isEmpty()) {
            texts.add(text.written());
        }
        List<FunctionCall> written = new ArrayList<>();
        for (CallText call : calls.values()) {
            written.add(new FunctionCall(call.name, call.arguments.written()));
        }
        return new AnswerChoice(texts, written);
    }

    void release() {
        text.release();
        if (!calls.isEmpty()) {
            calls.values().forEach(CallText::release);
            calls.clear();
        }
    }

    /** A call of a function, as far as it came. */
    static final class CallText {

        private final TextBuffer arguments;
        private String name = "";

        CallText(Supplier<StreamTokenCounter> counters) {
            this.arguments = new TextBuffer(counters);
        }

        TextBuffer arguments() {
            return arguments;
        }

        void name(String value) {
            name = value.isEmpty() ? name : value;
        }

        void release() {
            arguments.release();
            name = "";
        }

        boolean isEmpty() {
            return name.isEmpty() && arguments.isEmpty();
        }

        void moveTo(CallText other) {
            other.name(name);
            arguments.moveTo(other.arguments);
            name = "";
        }
    }
}
