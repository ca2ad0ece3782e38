package io.github.llmbudget.report;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.CostSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;

/**
 * Finds the requests that were sent and answered more than once. Most are sent once, so the first look keeps a number for
 * each, the second adds up those that come again, and the third picks the calls of the few that are told.
 */
final class RepeatedRequests {

    private final List<TestUsage> tests;

    RepeatedRequests(List<TestUsage> tests) {
        this.tests = tests;
    }

    /** Returns the requests that waste most. */
    List<Findings.Repeated> found() {
        long[] repeated = repeatedNumbers();
        if (repeated.length == 0) {
            return List.of();
        }
        Map<String, Repetition> repetitions = new LinkedHashMap<>();
        forEach((digest, found) -> {
            if (Arrays.binarySearch(repeated, numberOf(digest)) >= 0) {
                repetitions
                        .computeIfAbsent(digest, first -> new Repetition(digest))
                        .add(found.call().cost());
            }
        });
        Top<Repetition> most = new Top<>(Comparator.comparing(
                        (Repetition repetition) -> repetition.wasted.total().usd())
                .thenComparing(repetition -> repetition.times));
        repetitions.values().stream().filter(repetition -> repetition.times > 1).forEach(most::add);
        return withCalls(most.list());
    }

    private List<Findings.Repeated> withCalls(List<Repetition> repetitions) {
        Map<String, List<Findings.Found>> calls = new HashMap<>();
        repetitions.forEach(repetition -> calls.put(repetition.digest, new ArrayList<>()));
        forEach((digest, found) -> {
            List<Findings.Found> first = calls.get(digest);
            if (first != null && first.size() < Findings.MOST) {
                first.add(found);
            }
        });
        return repetitions.stream()
                .map(repetition -> new Findings.Repeated(
                        repetition.times, calls.getOrDefault(repetition.digest, List.of()), repetition.wasted.total()))
                .toList();
    }

    /** Returns the numbers that several requests have, sorted. Few of them are of requests that are not equal. */
    private long[] repeatedNumbers() {
        LongStream.Builder all = LongStream.builder();
        forEach((digest, found) -> all.add(numberOf(digest)));
        long[] sorted = all.build().sorted().toArray();
        LongStream.Builder repeated = LongStream.builder();
        for (int i = 1; i < sorted.length; i++) {
            boolean isFirstPair = i == 1 || sorted[i - 2] != sorted[i];
            if (sorted[i - 1] == sorted[i] && isFirstPair) {
                repeated.add(sorted[i]);
            }
        }
        return repeated.build().toArray();
    }

    private static long numberOf(String digest) {
        long number = 0;
        for (int i = 0; i < digest.length(); i++) {
            number = 31 * number + digest.charAt(i);
        }
        return number;
    }

    private void forEach(BiConsumer<String, Findings.Found> action) {
        for (TestUsage test : tests) {
            int number = 1;
            for (CallUsage usage : test.calls()) {
                LlmCall call = usage.call();
                String digest = call.requestDigest();
                if (digest != null && call.status() == CallStatus.COMPLETE) {
                    action.accept(digest, new Findings.Found(test, number, usage));
                }
                number++;
            }
        }
    }

    private static final class Repetition {

        private final String digest;
        private final CostSum wasted = new CostSum();
        private int times;

        Repetition(String digest) {
            this.digest = digest;
        }

        void add(Cost cost) {
            if (times > 0) {
                wasted.add(cost);
            }
            times++;
        }
    }
}
