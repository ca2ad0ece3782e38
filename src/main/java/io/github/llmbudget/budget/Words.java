package io.github.llmbudget.budget;

import java.util.List;
import org.apiguardian.api.API;

/**
 * Joins words as a sentence does.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Words {

    private Words() {}

    /**
     * Joins words.
     *
     * @param words the words
     * @return {@code one}, {@code one and two}, or {@code one, two and three}
     */
    public static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
