package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Limit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/**
 * Tells of tests that are set up in a way that is hardly meant, but does not fail them. Safe for use by many threads.
 */
final class SetUpAdvice {

    private static final int SHOWN = 10;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> declaredOn = new ConcurrentSkipListMap<>();
    private final Set<String> called = ConcurrentHashMap.newKeySet();

    /** Warns of what clients of a test do; of each mistake once. */
    void tell(String test, Set<String> mistakes) {
        mistakes.stream()
                .filter(told::add)
                .forEach(mistake -> System.getLogger(SetUpAdvice.class.getName())
                        .log(System.Logger.Level.WARNING, "In " + test + " " + mistake));
    }

    /** Takes down the limits of a test that ran as it was meant to. */
    void declared(List<Limit> limits) {
        limits.forEach(limit -> declaredOn
                .computeIfAbsent(limit.declaredOn(), place -> new ConcurrentSkipListSet<>())
                .add(limit.declaration()));
    }

    /** Takes down limits that calls came under, whatever became of their test. */
    void called(List<Limit> limits) {
        limits.forEach(limit -> called.add(limit.declaredOn()));
    }

    /** Warns of budgets that no call came under, in any of the tests they are for. */
    void warnOfIdleBudgets() {
        List<String> idle = declaredOn.entrySet().stream()
                .filter(place -> !called.contains(place.getKey()))
                .map(place -> String.join(" ", place.getValue()) + " on " + place.getKey())
                .toList();
        if (idle.isEmpty()) {
            return;
        }
        String more = idle.size() > SHOWN ? "\n  and " + (idle.size() - SHOWN) + " more" : "";
        System.getLogger(SetUpAdvice.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        idle.stream()
                                .limit(SHOWN)
                                .collect(Collectors.joining(
                                        "\n  ",
                                        "No LLM call came under these budgets, so they held nothing:\n  ",
                                        more
                                                + "\nGive the client the baseUrl() and the apiKey() of an LlmEndpoint parameter, or say"
                                                + " @ExpectNoLlmCalls where no call is meant to come.")));
    }
}
