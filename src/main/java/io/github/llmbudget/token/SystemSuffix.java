package io.github.llmbudget.token;

import java.util.Set;

/**
 * What models that answer at once read behind the first system message, as one text with it, or in a message of its own if
 * there is none.
 */
final class SystemSuffix {

    private static final Set<String> SYSTEM_ROLES = Set.of("system", "developer");

    /** Between the text of the system message and what follows. */
    private static final String BETWEEN = "\n\n";

    private final Tally tally;
    private final String suffix;
    private final int frame;
    private boolean added;

    /**
     * Creates a suffix that has not been read yet.
     *
     * @param suffix what is read, empty if there is nothing
     * @param frame the tokens that stand around it
     */
    SystemSuffix(Tally tally, String suffix, int frame) {
        this.tally = tally;
        this.suffix = suffix;
        this.frame = frame;
        this.added = suffix.isEmpty();
    }

    /** Adds the text of a message, with the suffix if it is the first of the system. */
    void addTo(String role, String text) {
        if (added || !SYSTEM_ROLES.contains(role)) {
            tally.text(text);
            return;
        }
        added = true;
        tally.textWithRendered(text, text + BETWEEN + suffix);
        tally.likely(frame);
    }

    /**
     * Adds the suffix by itself, unless a message had it.
     *
     * @param ownMessage the tokens of the message that it is put into
     */
    void addAlone(int ownMessage) {
        if (!added) {
            added = true;
            tally.likely(ownMessage);
            tally.rendered(suffix);
            tally.likely(frame);
        }
    }
}
