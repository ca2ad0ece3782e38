package io.github.llmbudget.budget;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.Cost;
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
     * Returns what must be known of a call to believe its figures.
     *
     * @param call the call
     * @param cost its cost
     * @return a clause each: what does not add up, and whether the cost is the most that it can be
     */
    public static List<String> notes(LlmCall call, Cost cost) {
        boolean bound = call.countSource() == CountSource.REPORTED && cost.exactness() == Cost.Exactness.ESTIMATED;
        return Stream.concat(
                        call.anomalies().stream(),
                        bound ? Stream.of("its cost is the most that it can be") : Stream.empty())
                .toList();
    }

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
