package io.github.llmbudget.endpoint;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A vector of length 1 for a text. Each word points into a direction of its own, and a text into the sum of those of its
 * words. Only whole numbers are hashed and added, so that every JVM comes to the same.
 */
final class TextVector {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+|[^\\p{L}\\p{N}\\s]");
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** How many bits of a hash are one coordinate of a word. */
    private static final int BITS = 16;

    private TextVector() {}

    /** Returns the vector of an input: a text, or tokens, or parts that hold texts. */
    static List<Float> of(JsonElement input, int dimensions) {
        String text = (input.isJsonPrimitive() ? input.getAsString() : input.toString()).toLowerCase(Locale.ROOT);
        long[] sum = new long[dimensions];
        List<String> words =
                WORD.matcher(text).results().map(MatchResult::group).toList();
        for (String word : words.isEmpty() ? List.of(text) : words) {
            add(sum, word.hashCode());
        }
        return scaled(sum);
    }

    /** The hash of a string is the same on every JVM; its bits are spread over all dimensions. */
    private static void add(long[] sum, int word) {
        long state = word;
        for (int at = 0; at < sum.length; at++) {
            state += GOLDEN_GAMMA;
            sum[at] += mixed(state) >> (Long.SIZE - BITS);
        }
    }

    private static long mixed(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static List<Float> scaled(long[] sum) {
        double squares = 0;
        for (long coordinate : sum) {
            squares += (double) coordinate * coordinate;
        }
        double length = squares == 0 ? 1 : Math.sqrt(squares);
        List<Float> vector = new ArrayList<>(sum.length);
        for (long coordinate : sum) {
            vector.add((float) (coordinate / length));
        }
        return vector;
    }
}
