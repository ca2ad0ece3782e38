package io.github.llmbudget.budget;

import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Marks under a table what does not add up in the figures of services.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Footnotes {

    private static final int SHOWN = 3;
    private static final String MARK = "! ";

    private Footnotes() {}

    /**
     * Shows the first notes, and how many more there are.
     *
     * @param notes a clause each
     * @return a line each
     */
    public static List<String> of(List<String> notes) {
        Stream<String> first = notes.stream().limit(SHOWN).map(note -> MARK + note);
        return notes.size() <= SHOWN
                ? first.toList()
                : Stream.concat(first, Stream.of(MARK + "and " + TextTable.count(notes.size() - SHOWN) + " more"))
                        .toList();
    }
}
