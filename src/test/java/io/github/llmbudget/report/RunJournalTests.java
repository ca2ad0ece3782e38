package io.github.llmbudget.report;

import static io.github.llmbudget.report.Reports.PRICES;
import static io.github.llmbudget.report.Reports.START;
import static io.github.llmbudget.report.Reports.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCollection;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.report.TestUsage.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractCollectionAssert;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunJournalTests {

    @TempDir
    private Path directory;

    @Test
    void holdsNothingBeforeSomethingIsAppended() throws IOException {
        RunJournal.open(directory);

        assertThat(directory).isEmptyDirectory();
        RunJournal.Contents contents = RunJournal.readRun(directory);
        assertThat(contents.tests()).isEmpty();
        assertThat(contents.missing()).isEmpty();
    }

    @Test
    void joinsWhatEachJvmTellsOfTheRun() throws IOException {
        TestUsage early = Reports.whole(TestUsage.Kind.RUN, TestUsage.RUN, Reports.shared(Scope.SUITE, "5000", "1000"));
        TestUsage late = new TestUsage(
                TestUsage.Kind.RUN,
                TestUsage.RUN,
                "",
                TestUsage.RUN,
                Outcome.PASSED,
                START.plusMillis(5),
                START.plusSeconds(5),
                List.of(call(4, 14)),
                List.of(Reports.shared(Scope.SUITE, "5000", "2000")));
        RunJournal journal = RunJournal.open(directory);
        journal.append(late, PRICES);
        journal.append(early, PRICES);

        assertThat(RunJournal.readRun(directory).tests()).singleElement().satisfies(run -> {
            assertThat(run.calls()).hasSize(1);
            assertThat(run.start()).isEqualTo(START);
            assertThat(run.limits().get(0).used()).isEqualByComparingTo("2000");
        });
    }

    @Test
    void givesBackEveryValueOfATest() throws IOException {
        TestUsage test = Reports.test(
                "everything \u2028 \uD83D\uDE00 \"quoted\" </script>\n",
                Outcome.OVER_BUDGET,
                List.of(Reports.fullCall(), Reports.uncounted(), Reports.failed(), Reports.unpriced(), call(4, 14)),
                List.of(
                        Reports.limit(Metric.COST, "0.000000000000000001", "1E-9", BudgetBreach.Kind.EXCEEDED),
                        Reports.limit(Metric.CALLS, "7", "5", null)));
        RunJournal.open(directory).append(test, PRICES);

        RunJournal.Contents contents = RunJournal.readRun(directory);
        assertThat(contents.tests())
                .singleElement()
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(test);
        assertThat(contents.prices()).containsExactly(PRICES);
        assertThat(contents.missing()).isEmpty();
    }

    @Test
    void writesALineATest() throws IOException {
        RunJournal journal = RunJournal.open(directory);
        journal.append(Reports.test("one\ntwo", call(1, 1)), PRICES);
        journal.append(Reports.test("three", call(1, 1)), PRICES);

        assertThat(Files.readAllLines(file()))
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"prices\":{\"asOf\":\"2026-11-10\""));
    }

    @Test
    void keepsTheLastRunOfATestInWhicheverOrderTheyAreRead() throws IOException {
        TestUsage first = Reports.test("flaky", call(1, 1));
        TestUsage second = at(START.plusSeconds(9), Reports.test("flaky", call(2, 2)));
        TestUsage other = Reports.test("other", call(3, 3));
        RunJournal journal = RunJournal.open(directory);
        journal.append(second, PRICES);
        journal.append(first, PRICES);
        journal.append(other, PRICES);

        assertThatTests(RunJournal.readRun(directory).tests()).containsExactlyInAnyOrder(second, other);
    }

    @Test
    void keepsTheLaterLineOfTestsThatBeganTogether() throws IOException {
        RunJournal journal = RunJournal.open(directory);
        journal.append(Reports.test("twice", call(1, 1)), PRICES);
        journal.append(Reports.test("twice", call(2, 2)), PRICES);

        assertThatTests(RunJournal.readRun(directory).tests()).containsExactly(Reports.test("twice", call(2, 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "no json",
                "{\"prices\":\"p\",\"test\":{\"id\":\"x\",\"cal",
                "{\"prices\":\"p\",\"test\":{}}",
                "{\"prices\":\"p\",\"test\":{\"id\":\"x\",\"start\":\"yesterday\",\"calls\":[],\"limits\":[]}}",
                "{\"test\":{\"id\":\"x\",\"calls\":[{\"call\":{\"tokens\":{\"input\":-1}}}],\"limits\":[]}}",
                "{\"test\":{\"id\":\"x\",\"calls\":[],\"limits\":[{\"used\":\"many\"}]}}",
                "{\"test\":{\"id\":\"x\",\"calls\":[],\"limits\":[{\"limit\":{\"max\":\"-1\"}}]}}"
            })
    void skipsADamagedLineAndTellsOfIt(String line) throws IOException {
        RunJournal journal = RunJournal.open(directory);
        TestUsage before = Reports.test("before", call(1, 1));
        TestUsage after = Reports.test("after", call(1, 1));
        journal.append(before, PRICES);
        Files.writeString(file(), line + "\n", StandardOpenOption.APPEND);
        journal.append(after, PRICES);

        RunJournal.Contents contents = RunJournal.readRun(directory);
        assertThatTests(contents.tests()).containsExactly(before, after);
        assertThat(contents.prices()).containsExactly(PRICES);
        assertThat(contents.missing()).singleElement().asString().startsWith(file() + ", line 2: ");
    }

    @Test
    void readsTheOtherLinesThoughAJvmWasKilledWithinACharacter() throws IOException {
        RunJournal journal = RunJournal.open(directory);
        TestUsage test = Reports.test("whole", call(1, 1));
        journal.append(test, PRICES);
        byte[] half = "{\"prices\":\"\u00e9".getBytes(StandardCharsets.UTF_8);
        Files.write(file(), Arrays.copyOf(half, half.length - 1), StandardOpenOption.APPEND);

        RunJournal.Contents contents = RunJournal.readRun(directory);
        assertThatTests(contents.tests()).containsExactly(test);
        assertThat(contents.missing()).hasSize(1);
    }

    @Test
    void readsAllJvmsOfItsRunAndNoOther() throws IOException {
        RunJournal.open(directory).append(Reports.test("own", call(1, 1)), PRICES);
        String own = Files.readString(file());
        String name = file().getFileName().toString();
        Files.writeString(
                file().resolveSibling(name.substring(0, name.indexOf("-jvm-")) + "-jvm-99999999.jsonl"),
                own.replace("own", "fork"));
        Files.writeString(file().resolveSibling("1-1-jvm-1.jsonl"), own.replace("own", "yesterday"));

        assertThat(RunJournal.readRun(directory).tests())
                .extracting(TestUsage::name)
                .containsExactlyInAnyOrder("BotTest.own", "BotTest.fork");
    }

    @Test
    void takesTestsOfManyThreads() throws Exception {
        RunJournal journal = RunJournal.open(directory);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> appended = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "test" + i;
                appended.add(threads.submit(() -> {
                    journal.append(Reports.test(name, Reports.fullCall()), PRICES);
                    return null;
                }));
            }
            for (Future<?> future : appended) {
                future.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(RunJournal.readRun(directory).tests()).hasSize(100);
        assertThat(RunJournal.readRun(directory).missing()).isEmpty();
    }

    /** Compares amounts by their value: the journal drops zeros at their end. */
    private static AbstractCollectionAssert<?, Collection<? extends TestUsage>, TestUsage, ObjectAssert<TestUsage>>
            assertThatTests(Collection<TestUsage> tests) {
        return assertThatCollection(tests)
                .usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
                        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                        .build());
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
            return files.filter(file -> file.toString()
                            .endsWith("-jvm-" + ProcessHandle.current().pid() + ".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static TestUsage at(Instant start, TestUsage test) {
        return new TestUsage(
                TestUsage.Kind.TEST,
                test.id(),
                test.testClass(),
                test.name(),
                test.outcome(),
                start,
                start,
                test.calls(),
                test.limits());
    }
}
