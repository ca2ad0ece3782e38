package io.github.llmbudget.wire;

import org.jspecify.annotations.Nullable;

/**
 * A name that any JSON text of an answer may tell, and that holds once the text is taken. As events repeat their names, what
 * is where it belongs is not stored again: for the garbage collector that is far more work than a look at it.
 */
final class ToldName {

    private final RepeatedName decoded = new RepeatedName();
    private @Nullable String name;

    private String inText = "";
    private boolean told;

    private String marked = "";
    private boolean markedTold;

    /** Forgets everything. */
    void clear() {
        name = null;
        forgetText();
        mark();
    }

    void tell(JsonToken value) {
        inText = decoded.of(value);
        told = true;
    }

    void mark() {
        marked = inText;
        markedTold = told;
    }

    void backToMark() {
        told = markedTold;
        if (!inText.equals(marked)) {
            inText = marked;
        }
    }

    /** Lets hold what the text told. */
    void takeText() {
        if (told && !inText.equals(name)) {
            name = inText;
        }
    }

    void forgetText() {
        told = false;
    }

    /** Returns the name that holds. */
    @Nullable
    String name() {
        return name;
    }
}
