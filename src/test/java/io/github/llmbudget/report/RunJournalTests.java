package io.github.llmbudget.report;

import static io.github.llmbudget.report.Reports.PRICES;
import static io.github.llmbudget.report.Reports.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCollection;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.report.TestUsage.Outcome;
import io.github.llmbudget.testing.SmallDisk;
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
import org.assertj.core.api.AbstractCollectionAssert;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunJournalTests {

    @TempDir
    private Path directory;

    @Test
    void holdsNothingBeforeSomethingIsAppended() throws IOException {
        journal().close();

        assertThat(directory).isEmptyDirectory();
        JournaledRun run = read();
        assertThat(run.tests()).isEmpty();
        assertThat(run.jvms()).isEmpty();
        assertThat(run.missing()).isEmpty();
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
        try (RunJournal journal = journal()) {
            journal.append(test, PRICES);
        }

        JournaledRun contents = read();
        assertThat(contents.tests())
                .singleElement()
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(test);
        assertThat(contents.prices()).containsExactly(PRICES);
        assertThat(contents.missing()).isEmpty();
    }

    @Test
    void writesALineATestAfterThatOfItsJvmAndOfItsPrices() throws IOException {
        try (RunJournal journal = journal()) {
            journal.append(Reports.test("one\ntwo", call(1, 1)), PRICES);
            journal.append(Reports.test("three", call(1, 1)), PRICES);
        }

        assertThat(Files.readAllLines(file()))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("{\"jvm\"", "{\"prices\"", "{\"test\"", "{\"test\"", "{\"ended\"");
    }

    @Test
    void tellsOfOneJvmThoughItHasSeveralPlans() throws IOException {
        for (String name : List.of("one", "two")) {
            try (RunJournal journal = journal()) {
                journal.append(Reports.test(name, call(1, 1)), PRICES);
            }
        }

        JournaledRun run = read();
        assertThat(run.missing()).isEmpty();
        assertThat(run.jvms()).singleElement().satisfies(jvm -> {
            assertThat(jvm.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(jvm.project())
                    .isEqualTo(Path.of("").toAbsolutePath().getFileName().toString());
            assertThat(jvm.start()).isBefore(jvm.end());
            assertThat(jvm.tests()).isEqualTo(2);
        });
    }

    @Test
    void tellsThatItsTestsStillRun() throws IOException {
        try (RunJournal journal = journal()) {
            journal.append(Reports.test("one", call(1, 1)), PRICES);

            assertThat(read().jvms())
                    .singleElement()
                    .satisfies(jvm -> assertThat(jvm.end()).isNull());
            assertThat(read().missing())
                    .containsExactly("JVM " + ProcessHandle.current().pid() + " still runs tests");
        }
    }

    @Test
    void tellsOfAJvmThatIsGoneBeforeTheFirstCallOfALaterPlan() throws IOException {
        try (RunJournal first = journal()) {
            first.append(Reports.test("one", call(1, 1)), PRICES);
        }
        assertThat(read().missing()).isEmpty();

        try (RunJournal second = journal()) {
            second.resume();

            assertThat(read().missing())
                    .containsExactly("JVM " + ProcessHandle.current().pid() + " still runs tests");
        }
        assertThat(read().missing()).isEmpty();
    }

    @Test
    void resumesNothingWhereNothingWasWritten() throws IOException {
        try (RunJournal journal = journal()) {
            journal.resume();
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void beginsALineOfItsOwnAfterOneThatWasTornInAnEarlierPlan() throws IOException {
        try (RunJournal first = journal()) {
            first.append(Reports.test("one", call(1, 1)), PRICES);
        }
        Files.writeString(file(), "{\"test\":{\"id\"", StandardOpenOption.APPEND);

        try (RunJournal second = journal()) {
            second.append(Reports.test("two", call(1, 1)), PRICES);
        }
        assertThat(Files.readAllLines(file()))
                .filteredOn(line -> line.startsWith("{\"jvm\""))
                .hasSize(2);
        assertThat(read().tests()).extracting(TestUsage::name).containsExactly("BotTest.one", "BotTest.two");
        assertThat(read().missing()).singleElement().asString().startsWith("line 5 of ");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsTheJvmUntilItIsWritten() throws Exception {
        // Files without a byte, until the JVM asks for more.
        SmallDisk.Ended jvmOfTests = SmallDisk.run("-S -f 0", OutgrowsAFullDisk.class, directory);
        assertThat(jvmOfTests.output()).startsWith("failed");

        JournaledRun run = Journals.ofRun(directory, OutgrowsAFullDisk.RUN);
        assertThat(run.missing()).isEmpty();
        assertThat(run.jvms()).singleElement().satisfies(jvm -> {
            assertThat(jvm.pid()).isEqualTo(jvmOfTests.pid());
            assertThat(jvm.project()).isNotEmpty();
            assertThat(jvm.tests()).isEqualTo(1);
        });
    }

    @Test
    void isWrittenByThreadsThatWereInterrupted() throws IOException {
        try (RunJournal journal = journal()) {
            Thread.currentThread().interrupt();
            journal.append(Reports.test("interrupted", call(1, 1)), PRICES);
            assertThat(Thread.interrupted()).isTrue();
            journal.append(Reports.test("later", call(1, 1)), PRICES);
        }

        assertThat(read().tests()).extracting(TestUsage::name).containsExactly("BotTest.interrupted", "BotTest.later");
    }

    @Test
    void takesTheLaterLineOfTestsThatBeganTogetherForTheLast() throws IOException {
        TestUsage first = Reports.test("twice", call(1, 1));
        TestUsage second = Reports.test("twice", call(2, 2));
        try (RunJournal journal = journal()) {
            journal.append(first, PRICES);
            journal.append(second, PRICES);
        }

        assertThatTests(read().tests()).containsExactly(second.after(List.of(first)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "no json",
                "{\"test\":{\"id\":\"x\",\"cal",
                "{\"test\":{}}",
                "{\"test\":null}",
                "{\"ended\":\"yesterday\"}",
                "{\"unheard\":1}",
                "{\"jvm\":null}",
                "{\"jvm\":{\"pid\":1}}",
                "{\"jvm\":{\"pid\":1,\"project\":\"shop\"}}",
                "{\"jvm\":{\"project\":\"shop\",\"start\":\"2026-11-10T00:00:00Z\"}}",
                "{\"began\":{\"id\":\"x\"}}",
                "{\"began\":{\"name\":\"x\"}}",
                "{\"prices\":null}",
                "{\"prices\":{\"asOf\":\"2026-11-10\",\"lists\":[]}}",
                "{\"prices\":{\"asOf\":\"2026-11-10\",\"lists\":[null]}}",
                "{\"prices\":{\"asOf\":\"2026-11-10\",\"lists\":[{\"name\":\"mine\",\"sha256\":\"0f1e\"}]}}",
                "{\"prices\":{\"lists\":[{\"name\":\"mine\",\"sha256\":\"0f1e2d3c4b5a6978\"}]}}",
                "{\"test\":{\"id\":\"x\",\"calls\":[{\"tokens\":{\"input\":-1}}]}}",
                "{\"test\":{\"id\":\"x\",\"calls\":[{\"operation\":\"CHAT\"}]}}",
                "{\"test\":{\"id\":\"x\",\"calls\":[{\"cost\":{\"lines\":[{\"quantity\":\"1\",\"row\":0}]}}]}}",
                "{\"test\":{\"id\":\"x\",\"limits\":[{\"used\":\"many\"}]}}",
                "{\"test\":{\"id\":\"x\",\"limits\":[{\"limit\":{\"max\":\"-1\"}}]}}",
                "{\"test\":{\"kind\":\"TEST\",\"id\":\"x\",\"name\":\"x\",\"testClass\":\"x\",\"outcome\":\"PASSED\",\"start\":\"yesterday\"}}"
            })
    void skipsADamagedLineAndTellsOfIt(String line) throws IOException {
        RunJournal journal = journal();
        TestUsage before = Reports.test("before", call(1, 1));
        TestUsage after = Reports.test("after", call(1, 1));
        journal.append(before, PRICES);
        Files.writeString(file(), line + "\n", StandardOpenOption.APPEND);
        journal.append(after, PRICES);
        journal.close();

        JournaledRun contents = read();
        assertThatTests(contents.tests()).containsExactly(before, after);
        assertThat(contents.prices()).containsExactly(PRICES);
        assertThat(contents.missing())
                .singleElement()
                .asString()
                .startsWith("line 4 of " + file() + " is damaged and left out: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"limits\":[{}]",
                "\"limits\":[null]",
                "\"limits\":[{\"limit\":{\"max\":\"1\",\"roles\":[\"SUBJECT\"]},\"used\":\"1\"}]",
                "\"rows\":[null]",
                "\"rows\":[{\"model\":\"gpt-4o\"}]",
                "\"calls\":[{%s,\"role\":\"SUBJECT\",\"origin\":\"MOCK\",\"cost\":{\"exactness\":\"EXACT\"}}]",
                "\"calls\":[{%s,\"role\":\"SUBJECT\",\"cost\":{\"usd\":\"1\",\"exactness\":\"EXACT\"}}]",
                "\"calls\":[{%s,\"origin\":\"MOCK\",\"cost\":{\"usd\":\"1\",\"exactness\":\"EXACT\"}}]",
                "\"calls\":[{%s,\"role\":\"SUBJECT\",\"origin\":\"MOCK\",\"cost\":{\"usd\":\"1\",\"exactness\":\"EXACT\"},\"tokens\":{}}]"
            })
    void skipsATestOfWhichSomethingWasLost(String part) throws IOException {
        // A call that the service reported the tokens of, without the tokens.
        String call = "\"operation\":\"CHAT\",\"status\":\"COMPLETE\",\"countSource\":\"REPORTED\"";
        try (RunJournal journal = journal()) {
            journal.append(Reports.test("whole", call(1, 1)), PRICES);
            Files.writeString(
                    file(),
                    "{\"test\":{\"kind\":\"TEST\",\"id\":\"x\",\"testClass\":\"x\",\"name\":\"x\",\"outcome\":\"PASSED\","
                            + "\"start\":\"2026-11-10T00:00:00Z\",\"end\":\"2026-11-10T00:00:00Z\","
                            + part.replace("%s", call) + "}}\n",
                    StandardOpenOption.APPEND);
        }

        JournaledRun contents = read();
        assertThat(UsageReport.of(contents).tests()).extracting(TestUsage::name).containsExactly("BotTest.whole");
        assertThat(contents.missing()).singleElement().asString().startsWith("line 4 of " + file() + " is damaged");
    }

    @Test
    void tellsInOneSentenceWhatIsWrongWithALine() throws IOException {
        RunJournal journal = journal();
        journal.append(Reports.test("whole", call(1, 1)), PRICES);
        Files.writeString(file(), "no json\n", StandardOpenOption.APPEND);
        journal.close();

        assertThat(read().missing()).singleElement().asString().hasLineCount(1).doesNotContain("http");
    }

    @Test
    void readsTheOtherLinesThoughAJvmWasKilledWithinACharacter() throws IOException {
        RunJournal journal = journal();
        TestUsage test = Reports.test("whole", call(1, 1));
        journal.append(test, PRICES);
        byte[] half = "{\"prices\":\"\u00e9".getBytes(StandardCharsets.UTF_8);
        Files.write(file(), Arrays.copyOf(half, half.length - 1), StandardOpenOption.APPEND);

        JournaledRun contents = read();
        assertThatTests(contents.tests()).containsExactly(test);
        assertThat(contents.missing()).hasSize(2).first().asString().contains("is damaged");
    }

    @Test
    void takesTestsOfManyThreads() throws Exception {
        RunJournal journal = journal();
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
        journal.close();

        assertThat(read().tests()).hasSize(100);
        assertThat(read().missing()).isEmpty();
    }

    /** Compares amounts by their value: the journal drops zeros at their end. */
    private static AbstractCollectionAssert<?, Collection<? extends TestUsage>, TestUsage, ObjectAssert<TestUsage>>
            assertThatTests(Collection<TestUsage> tests) {
        return assertThatCollection(tests)
                .usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
                        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                        .build());
    }

    private RunJournal journal() {
        return RunJournal.open(directory, RunId.byProcess());
    }

    /** Reads it twice, as its own JVM knows it and as others find it. */
    private JournaledRun read() throws IOException {
        JournaledRun own = Journals.ofRun(directory, RunId.byProcess());
        OwnJournal.begin(directory.resolve("another"));
        JournaledRun read = Journals.ofRun(directory, RunId.byProcess());
        assertThat(own).usingRecursiveComparison().isEqualTo(read);
        return read;
    }

    private Path file() throws IOException {
        return JournalDirectory.of(directory).filesOf(RunId.byProcess()).get(0);
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
