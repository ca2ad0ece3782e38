package io.github.llmbudget.report;

import io.github.llmbudget.price.PriceBasis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What the journals of a run hold.
 *
 * @param jvms the JVMs that wrote them
 * @param missing what they do not hold, and why, for a reader
 * @param prices what the prices of the tests are taken from, usually one and the same
 * @param tests the tests; of one that ran several times the last attempt, with the earlier ones in it
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record JournaledRun(List<TestJvm> jvms, List<String> missing, List<PriceBasis> prices, List<TestUsage> tests) {

    /**
     * Copies the lists.
     *
     * @param jvms the JVMs that wrote them
     * @param missing what they do not hold, and why, for a reader
     * @param prices what the prices of the tests are taken from
     * @param tests the tests
     */
    public JournaledRun {
        jvms = List.copyOf(jvms);
        missing = List.copyOf(missing);
        prices = List.copyOf(prices);
        tests = List.copyOf(tests);
    }

    /**
     * Puts journals together.
     *
     * @param parts in each part the journals of one report directory, whose JVMs shared the limits of their run; the parts
     *     know nothing of one another
     */
    static JournaledRun of(List<List<Journal>> parts) {
        Map<Identity, JournaledLines> lines = new LinkedHashMap<>();
        JournaledLines ofRun = new JournaledLines();
        for (List<Journal> part : parts) {
            for (Journal journal : part) {
                for (TestUsage test : journal.tests()) {
                    JournaledLines same = test.kind() == TestUsage.Kind.RUN
                            ? ofRun
                            : lines.computeIfAbsent(
                                    new Identity(journal.project(), test.id()), identity -> new JournaledLines());
                    same.add(part, journal, test);
                }
            }
        }
        List<Journal> journals = parts.stream().flatMap(List::stream).toList();
        return new JournaledRun(
                journals.stream()
                        .map(Journal::toJvm)
                        .sorted(Comparator.comparing(TestJvm::start).thenComparing(TestJvm::pid))
                        .toList(),
                journals.stream().flatMap(journal -> journal.missing().stream()).toList(),
                journals.stream()
                        .flatMap(journal -> journal.prices().stream())
                        .distinct()
                        .sorted(Comparator.comparing(PriceBasis::toString))
                        .toList(),
                tests(lines, ofRun));
    }

    /** Equal names in several modules are several tests. */
    private record Identity(String project, String id) {

        boolean holds(Identity test) {
            return project.equals(test.project) && (id.equals(test.id) || test.id.startsWith(id + "/"));
        }
    }

    private static List<TestUsage> tests(Map<Identity, JournaledLines> lines, JournaledLines ofRun) {
        Map<Identity, TestUsage> tests = new LinkedHashMap<>();
        lines.forEach((identity, same) -> tests.put(identity, same.usage()));
        lines.forEach((identity, same) -> {
            if (same.areOfAClassInParts()) {
                tests.computeIfPresent(identity, (id, part) -> recounted(part, id, tests));
            }
        });
        List<TestUsage> all = new ArrayList<>(tests.values());
        if (!ofRun.isEmpty()) {
            all.add(ofRun.usage());
        }
        return all;
    }

    /**
     * Counts anew what the tests of a class used of the limits that they share, where no JVM has seen all of them: some
     * were run again, or elsewhere.
     */
    private static TestUsage recounted(TestUsage part, Identity testClass, Map<Identity, TestUsage> tests) {
        List<CallUsage> calls = tests.entrySet().stream()
                .filter(test -> testClass.holds(test.getKey()))
                .flatMap(test -> test.getValue().calls().stream())
                .toList();
        return part.withLimits(
                part.limits().stream().map(limit -> limit.recounted(calls)).toList());
    }
}
