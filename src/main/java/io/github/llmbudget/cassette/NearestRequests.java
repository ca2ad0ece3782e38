package io.github.llmbudget.cassette;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Finds the recorded request that is most like one that nobody recorded. Safe for use by many threads. */
final class NearestRequests {

    private static final String SEPARATORS = "\",:{}[] \\\n";

    private final List<ComparisonText> recorded;

    /** The words of each request, as sorted hashes; empty until somebody asks. */
    private int[][] words = {};

    /**
     * Looks in recorded requests.
     *
     * @param recorded all of them, from the first miss on
     */
    NearestRequests(List<ComparisonText> recorded) {
        this.recorded = recorded;
    }

    ComparisonText get(int index) {
        return recorded.get(index);
    }

    int size() {
        return recorded.size();
    }

    /** Finds the request of the same method and path that shares the most words; the first of several. */
    synchronized OptionalInt to(ComparisonText sent) {
        if (words.length == 0) {
            words = recorded.stream().map(NearestRequests::words).toArray(int[][]::new);
        }
        int[] wanted = words(sent);
        int nearest = -1;
        long best = -1;
        for (int i = 0; i < words.length; i++) {
            if (recorded.get(i).line().equals(sent.line())) {
                long share = share(wanted, words[i]);
                if (share > best) {
                    best = share;
                    nearest = i;
                }
            }
        }
        return nearest < 0 ? OptionalInt.empty() : OptionalInt.of(nearest);
    }

    /** Finds the first request of another method or path with the same body. */
    OptionalInt ofSameBody(ComparisonText sent) {
        return first(index -> recorded.get(index).body().equals(sent.body())
                && !recorded.get(index).line().equals(sent.line()));
    }

    private OptionalInt first(IntPredicate wanted) {
        for (int i = 0; i < recorded.size(); i++) {
            if (wanted.test(i)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Returns what was recorded at all: methods and paths, and how many requests of each. */
    Map<String, Integer> lines() {
        Map<String, Integer> lines = new LinkedHashMap<>();
        new ArrayList<>(recorded).forEach(text -> lines.merge(text.line(), 1, Integer::sum));
        return lines;
    }

    /** How much two sets share of all they have, in millionths. */
    private static long share(int[] one, int[] other) {
        int shared = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            if (one[i] == other[j]) {
                shared++;
                i++;
                j++;
            } else if (one[i] < other[j]) {
                i++;
            } else {
                j++;
            }
        }
        int all = one.length + other.length - shared;
        return all == 0 ? 1_000_000 : 1_000_000L * shared / all;
    }

    private static int[] words(ComparisonText text) {
        String body = text.body();
        int[] hashes = new int[64];
        int count = 0;
        int hash = 0;
        boolean inWord = false;
        for (int i = 0; i <= body.length(); i++) {
            char next = i < body.length() ? body.charAt(i) : ' ';
            if (SEPARATORS.indexOf(next) < 0) {
                hash = 31 * hash + next;
                inWord = true;
            } else if (inWord) {
                if (count == hashes.length) {
                    hashes = Arrays.copyOf(hashes, 2 * count);
                }
                hashes[count++] = hash;
                hash = 0;
                inWord = false;
            }
        }
        return Arrays.stream(hashes, 0, count).sorted().distinct().toArray();
    }
}
