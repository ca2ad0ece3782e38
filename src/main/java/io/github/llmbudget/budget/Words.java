package io.github.llmbudget.budget;

import java.util.List;

/** Joins words as a sentence does. */
final class Words {

    private Words() {}

    /** Returns {@code one}, {@code one and two}, or {@code one, two and three}. */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
