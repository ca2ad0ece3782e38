package io.github.llmbudget.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Finds, among known names, those a mistyped or unknown name is closest to.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class NearestNames {

    private static final int LETTERS_MISTYPED = 2;
    private static final int LETTERS_OF_WHICH_ONE_IS_MISTYPED = 3;

    private NearestNames() {}

    /**
     * Orders known names by the number of letters one must change to get from one to the other.
     *
     * @param name the name nobody knows
     * @param known the names there are
     * @param limit how many to return at most
     * @return the nearest ones, the nearest first
     */
    public static List<String> of(String name, Collection<String> known, int limit) {
        return nearest(name, known.stream(), limit);
    }

    /**
     * Finds the known names that a typing error could have made the other.
     *
     * @param name the name nobody knows
     * @param known the names there are
     * @param limit how many to return at most
     * @return those of which a third of the letters, or two, differ at most, the nearest first
     */
    public static List<String> like(String name, Collection<String> known, int limit) {
        int most = Math.max(LETTERS_MISTYPED, name.length() / LETTERS_OF_WHICH_ONE_IS_MISTYPED);
        return nearest(name, known.stream().filter(candidate -> distance(name, candidate) <= most), limit);
    }

    private static List<String> nearest(String name, Stream<String> known, int limit) {
        return known.sorted(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .toList();
    }

    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
