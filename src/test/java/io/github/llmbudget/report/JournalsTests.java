package io.github.llmbudget.report;

import static io.github.llmbudget.report.Reports.PRICES;
import static io.github.llmbudget.report.Reports.START;
import static io.github.llmbudget.report.Reports.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.report.TestUsage.Outcome;
import io.github.llmbudget.wire.JsonOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals of several JVMs, written as each of them would. */
class JournalsTests {

    private static final RunId RUN = new RunId("100-1");

    private static final String CLASS = "[engine:junit-jupiter]/[class:example.BotTest]";

    private final List<String> remarks = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void putsTheJvmsOfARunTogetherAndLeavesOtherRunsOut() throws IOException {
        new Jvm(RUN, 1, START).ran(test("one")).writeTo(directory);
        new Jvm(RUN, 2, START).ran(test("two")).writeTo(directory);
        new Jvm(new RunId("100-0"), 3, START).ran(test("yesterday")).writeTo(directory);

        JournaledRun run = Journals.ofRun(directory, RUN);
        assertThat(run.tests()).extracting(TestUsage::name).containsExactly("BotTest.one", "BotTest.two");
        assertThat(run.jvms()).extracting(TestJvm::pid).containsExactly(1L, 2L);
        assertThat(run.missing()).isEmpty();
    }

    @Test
    void keepsTheAttemptsThatOtherJvmsMade() throws IOException {
        TestUsage last = at(START.plusSeconds(9), test("flaky"));
        new Jvm(RUN, 1, START).ran(last).writeTo(directory);
        new Jvm(RUN, 2, START).ran(test("flaky")).writeTo(directory);

        assertThat(Journals.ofRun(directory, RUN).tests()).singleElement().satisfies(test -> {
            assertThat(test.start()).isEqualTo(START.plusSeconds(9));
            assertThat(test.earlierAttempts())
                    .singleElement()
                    .satisfies(first -> assertThat(first.start()).isEqualTo(START));
        });
    }

    @Test
    void takesEqualTestsOfSeveralProjectsForSeveralTests() throws IOException {
        new Jvm(RUN, 1, START).in("core").ran(test("same")).writeTo(directory);
        new Jvm(RUN, 2, START).in("web").ran(test("same")).writeTo(directory);

        assertThat(Journals.ofRun(directory, RUN).tests()).hasSize(2);
    }

    @Test
    void tellsWhatAJvmThatWasKilledWasIn() throws IOException {
        new Jvm(RUN, 99_999_999, START)
                .in("shop")
                .ran(test("over"))
                .began("dies")
                .killed()
                .writeTo(directory);

        JournaledRun run = Journals.ofRun(directory, RUN);
        assertThat(run.tests()).extracting(TestUsage::name).containsExactly("BotTest.over");
        assertThat(run.missing())
                .containsExactly("JVM 99999999 of shop was gone before its tests were over, so those that had not ended"
                        + " are missing; it was then in BotTest.dies, whose calls are not known");
    }

    @Test
    void knowsAJvmByTheNameOfItsJournalIfItsFirstLineIsLost() throws IOException {
        new Jvm(RUN, 99_999_999, START)
                .ran(test("over"))
                .killed()
                .withoutFirstLine()
                .writeTo(directory);

        JournaledRun run = Journals.ofRun(directory, RUN);
        assertThat(run.jvms()).singleElement().satisfies(jvm -> {
            assertThat(jvm.pid()).isEqualTo(99_999_999);
            assertThat(jvm.start()).isEqualTo(START.truncatedTo(ChronoUnit.MILLIS));
        });
        assertThat(run.missing())
                .containsExactly("JVM 99999999 was gone before its tests were over, so those that had not ended are"
                        + " missing");
    }

    @Test
    void tellsOfAJvmThatWroteNothing() throws IOException {
        Path file = JournalDirectory.of(directory).fileOf(RUN, 99_999_999, START);
        Files.createDirectories(file.getParent());
        Files.createFile(file);

        assertThat(Journals.ofRun(directory, RUN).missing())
                .singleElement()
                .asString()
                .startsWith("JVM 99999999 was gone before its tests were over");
    }

    @Test
    void takesAFileWithANumberThatIsNoTimeForSomethingElse() throws IOException {
        new Jvm(RUN, 1, START).ran(test("one")).writeTo(directory);
        Files.createFile(directory.resolve("journal/x-jvm-1-99999999999999999999.jsonl"));

        assertThat(latest(directory).tests()).hasSize(1);
    }

    @Test
    void joinsWhatEachJvmTellsOfTheRun() throws IOException {
        TestUsage early = Reports.whole(TestUsage.Kind.RUN, TestUsage.RUN, Reports.shared(Scope.SUITE, "5000", "1000"));
        TestUsage late = run(START.plusSeconds(5), "2000");
        new Jvm(RUN, 1, START).ran(late).writeTo(directory);
        new Jvm(RUN, 2, START).ran(early).writeTo(directory);

        assertThat(Journals.ofRun(directory, RUN).tests()).singleElement().satisfies(run -> {
            assertThat(run.calls()).hasSize(1);
            assertThat(run.start()).isEqualTo(START);
            assertThat(run.limits().get(0).used()).isEqualByComparingTo("2000");
        });
    }

    @Test
    void addsUpWhatShardsUseOfTheLimitsOfTheRun() throws IOException {
        new Jvm(RUN, 1, START).ran(run(START, "3000")).writeTo(directory.resolve("one"));
        new Jvm(new RunId("200-1"), 1, START).ran(run(START, "2500")).writeTo(directory.resolve("two"));

        assertThat(latest(directory).tests()).singleElement().satisfies(run -> {
            assertThat(run.calls()).hasSize(2);
            assertThat(run.outcome()).isEqualTo(Outcome.OVER_BUDGET);
            assertThat(run.limits()).singleElement().satisfies(limit -> {
                assertThat(limit.used()).isEqualByComparingTo("5500");
                assertThat(limit.breach()).isEqualTo(BudgetBreach.Kind.EXCEEDED);
            });
        });
    }

    @Test
    void takesTheLatestRunOfEachDirectory() throws IOException {
        new Jvm(RUN, 1, START).ran(test("old")).writeTo(directory.resolve("one"));
        new Jvm(new RunId("200-1"), 1, START.plusSeconds(60)).ran(test("new")).writeTo(directory.resolve("one"));
        new Jvm(new RunId("300-1"), 1, START).ran(test("other")).writeTo(directory.resolve("two"));

        assertThat(latest(directory.resolve("one"), directory.resolve("two/journal"))
                        .tests())
                .extracting(TestUsage::name)
                .containsExactlyInAnyOrder("BotTest.new", "BotTest.other");
        assertThat(remarks)
                .containsExactly(directory.resolve("one/journal").toRealPath()
                        + " has journals of 1 other run, left out for one that was started later. Shards need a"
                        + " directory each, or one llmbudget.run.id.");
    }

    @Test
    void addsUpWhatPartsOfARunUseOfItsLimitsThatHaveADirectoryEach() throws IOException {
        new Jvm(RUN, 1, START).ran(run(START, "3000")).writeTo(directory.resolve("one"));
        new Jvm(RUN, 2, START).ran(run(START.plusSeconds(1), "2500")).writeTo(directory.resolve("two"));

        assertThat(latest(directory).tests())
                .singleElement()
                .satisfies(run -> assertThat(run.limits().get(0).used()).isEqualByComparingTo("5500"));
    }

    @Test
    void keepsTheWorstThatJvmsTellOfTheRun() throws IOException {
        new Jvm(RUN, 1, START).ran(outcome(Outcome.FAILED, run(START, "1"))).writeTo(directory);
        new Jvm(RUN, 2, START).ran(run(START.plusSeconds(9), "1")).writeTo(directory);

        assertThat(Journals.ofRun(directory, RUN).tests())
                .singleElement()
                .extracting(TestUsage::outcome)
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void takesTheLastLineOfAJvmForTheLastAttemptWhateverItsClockSays() throws IOException {
        TestUsage passed = Reports.test("flaky", call(1, 1));
        TestUsage failed = at(START.plusSeconds(60), outcome(Outcome.FAILED, Reports.test("flaky", call(1, 1))));
        new Jvm(RUN, 1, START).ran(failed).ran(passed).writeTo(directory);

        assertThat(Journals.ofRun(directory, RUN).tests())
                .singleElement()
                .extracting(TestUsage::outcome)
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void countsTheLimitOfAClassAnewOfWhichATestWasRunAgain() throws IOException {
        new Jvm(RUN, 1, START)
                .ran(inClass("a", 2_100))
                .ran(inClass("b", 2_100))
                .ran(ofClass(0, "4200", BudgetBreach.Kind.EXCEEDED))
                .ran(inClass("b", 2_000))
                .ran(ofClass(0, "2000", null))
                .writeTo(directory);

        assertThat(Journals.ofRun(directory, RUN).tests())
                .filteredOn(test -> test.kind() == TestUsage.Kind.CLASS)
                .singleElement()
                .satisfies(ofClass -> {
                    assertThat(ofClass.limits().get(0).used()).isEqualByComparingTo("4100");
                    assertThat(ofClass.limits().get(0).breach()).isEqualTo(BudgetBreach.Kind.EXCEEDED);
                    assertThat(ofClass.outcome()).isEqualTo(Outcome.OVER_BUDGET);
                });
    }

    @Test
    void takesADirectoryAndACopyOfItForOnePart() throws IOException {
        new Jvm(RUN, 1, START).ran(run(START, "2000")).writeTo(directory.resolve("copy"));
        new Jvm(RUN, 1, START).ran(run(START, "2000")).writeTo(directory.resolve("shard"));
        new Jvm(RUN, 2, START).ran(run(START.plusSeconds(9), "4000")).writeTo(directory.resolve("shard"));

        assertThat(latest(directory).tests())
                .singleElement()
                .satisfies(run -> assertThat(run.limits().get(0).used()).isEqualByComparingTo("4000"));
    }

    @Test
    void countsAClassOnceThatTwoShardsRan() throws IOException {
        new Jvm(RUN, 1, START)
                .ran(inClass("a", 3_500))
                .ran(ofClass(0, "3500", BudgetBreach.Kind.EXCEEDED))
                .writeTo(directory.resolve("one"));
        new Jvm(new RunId("200-1"), 2, START)
                .ran(at(START.plusSeconds(60), inClass("a", 2_000)))
                .ran(ofClass(0, "2000", null))
                .writeTo(directory.resolve("again"));

        assertThat(latest(directory).tests())
                .filteredOn(test -> test.kind() == TestUsage.Kind.CLASS)
                .singleElement()
                .satisfies(ofClass -> {
                    assertThat(ofClass.limits().get(0).used()).isEqualByComparingTo("2000");
                    assertThat(ofClass.limits().get(0).breach()).isNull();
                    assertThat(ofClass.outcome()).isEqualTo(Outcome.PASSED);
                });
    }

    @Test
    void joinsWhatShardsTellOfAClassThatWasSplit() throws IOException {
        new Jvm(RUN, 1, START)
                .ran(inClass("a", 1_000))
                .ran(ofClass(400, "1400", null))
                .writeTo(directory.resolve("one"));
        new Jvm(new RunId("200-1"), 2, START)
                .ran(inClass("b", 1_000))
                .ran(ofClass(400, "1400", null))
                .writeTo(directory.resolve("two"));

        assertThat(latest(directory).tests())
                .filteredOn(test -> test.kind() == TestUsage.Kind.CLASS)
                .singleElement()
                .satisfies(ofClass -> {
                    assertThat(ofClass.calls()).hasSize(2);
                    assertThat(ofClass.earlierAttempts()).isEmpty();
                    assertThat(ofClass.limits().get(0).used()).isEqualByComparingTo("2800");
                    assertThat(ofClass.outcome()).isEqualTo(Outcome.PASSED);
                });
    }

    @Test
    void followsLinksButNotInCircles() throws IOException {
        new Jvm(RUN, 1, START).ran(test("one")).writeTo(directory.resolve("target/report"));
        Path shard = Files.createDirectories(directory.resolve("shard"));
        Files.createSymbolicLink(shard.resolve("report"), directory.resolve("target/report"));
        Files.createSymbolicLink(shard.resolve("self"), shard);
        Files.createSymbolicLink(shard.resolve("nowhere"), directory.resolve("gone"));

        assertThat(latest(shard).tests()).hasSize(1);
        assertThat(latest(shard.resolve("report")).tests()).hasSize(1);
    }

    @Test
    void readsAJournalOnceThatIsFoundTwice() throws IOException {
        new Jvm(RUN, 1, START).ran(test("one")).writeTo(directory.resolve("here"));
        new Jvm(RUN, 1, START).ran(test("one")).ran(test("two")).writeTo(directory.resolve("there"));

        JournaledRun run = latest(directory, directory.resolve("here"), directory);
        assertThat(run.tests())
                .hasSize(2)
                .allSatisfy(test -> assertThat(test.earlierAttempts()).isEmpty());
        assertThat(run.jvms()).hasSize(1);
    }

    @Test
    void takesTheCopyOfAJournalThatWasMadeWhenItsJvmWasThrough() throws IOException {
        new Jvm(RUN, 99_999_999, START).ran(test("one")).killed().writeTo(directory.resolve("early"));
        new Jvm(RUN, 99_999_999, START).ran(test("one")).writeTo(directory.resolve("late"));

        assertThat(latest(directory).missing()).isEmpty();
    }

    @Test
    void refusesAPlaceWithoutJournals() throws IOException {
        Files.createFile(directory.resolve("index.html"));

        assertThatThrownBy(() -> latest(directory))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(directory + ": there is no journal of a test run in it");
    }

    @Test
    void takesJvmsOfADaemonThatRanTogetherForOneBuild() throws IOException {
        RunId daemon = new RunId("daemon-100-1");
        Duration hour = Duration.ofHours(1);
        new Jvm(daemon, 1, START).ran(test("before")).writeTo(directory);
        new Jvm(daemon, 2, START.plus(hour)).lasting(9).ran(test("one")).writeTo(directory);
        new Jvm(daemon, 3, START.plus(hour).plusSeconds(8))
                .lasting(9)
                .ran(test("two"))
                .writeTo(directory);
        new Jvm(daemon, 4, START.plus(hour).plusSeconds(16))
                .lasting(1)
                .ran(test("three"))
                .writeTo(directory);

        assertThat(Journals.ofRun(directory, daemon).tests())
                .extracting(TestUsage::name)
                .containsExactly("BotTest.one", "BotTest.two", "BotTest.three");
    }

    @Test
    void leavesEarlierBuildsOfADaemonOutThoughAFirstLineIsLost() throws IOException {
        RunId daemon = new RunId("daemon-100-1");
        new Jvm(daemon, 1, START).ran(test("before")).writeTo(directory);
        Instant later = START.plus(Duration.ofHours(1));
        new Jvm(daemon, 2, later).ran(at(later, test("now"))).withoutFirstLine().writeTo(directory);

        assertThat(Journals.ofRun(directory, daemon).tests())
                .extracting(TestUsage::name)
                .containsExactly("BotTest.now");
    }

    @Test
    void readsOfADaemonOnlyWhatMayBeOfItsLatestBuild() throws IOException {
        RunId daemon = new RunId("daemon-100-1");
        new Jvm(daemon, 2, START).ran(test("now")).writeTo(directory);
        Instant before = START.minus(Duration.ofHours(1));
        // Nobody can read a directory as a journal.
        Path old = Files.createDirectory(JournalDirectory.of(directory).fileOf(daemon, 1, before));
        Files.setLastModifiedTime(old, FileTime.from(before));

        assertThat(Journals.ofRun(directory, daemon).tests()).hasSize(1);
    }

    private JournaledRun latest(Path... places) throws IOException {
        return Journals.ofLatestRuns(List.of(places), remarks::add);
    }

    private static TestUsage inClass(String name, int tokens) {
        TestUsage test = Reports.test(name, call(tokens, 0));
        return new TestUsage(
                test.kind(),
                CLASS + "/[method:" + name + "()]",
                test.testClass(),
                test.name(),
                test.outcome(),
                test.start(),
                test.end(),
                test.calls(),
                List.of());
    }

    private static TestUsage ofClass(int ownTokens, String used, BudgetBreach.@Nullable Kind breach) {
        LimitUsage shared = Reports.shared(Scope.CLASS, "3000", used);
        return new TestUsage(
                TestUsage.Kind.CLASS,
                CLASS,
                "example.BotTest",
                "BotTest (class)",
                breach == null ? Outcome.PASSED : Outcome.OVER_BUDGET,
                START,
                START.plusSeconds(1),
                ownTokens == 0 ? List.of() : List.of(call(ownTokens, 0)),
                List.of(new LimitUsage(shared.limit(), shared.used(), true, breach)));
    }

    private static TestUsage test(String name) {
        return Reports.test(name, call(1, 1));
    }

    private static TestUsage outcome(Outcome outcome, TestUsage test) {
        return new TestUsage(
                test.kind(),
                test.id(),
                test.testClass(),
                test.name(),
                outcome,
                test.start(),
                test.end(),
                test.calls(),
                test.limits());
    }

    private static TestUsage at(Instant start, TestUsage test) {
        return new TestUsage(
                test.kind(),
                test.id(),
                test.testClass(),
                test.name(),
                test.outcome(),
                start,
                start,
                test.calls(),
                test.limits());
    }

    private static TestUsage run(Instant end, String used) {
        return new TestUsage(
                TestUsage.Kind.RUN,
                TestUsage.RUN,
                "",
                TestUsage.RUN,
                Outcome.PASSED,
                START.plusMillis(5),
                end,
                List.of(call(4, 14)),
                List.of(Reports.shared(Scope.SUITE, "5000", used)));
    }

    /** What a JVM writes into its journal. */
    private static final class Jvm {

        private final RunId run;
        private final long pid;
        private final Instant start;
        private final List<JournalLine> lines = new ArrayList<>();
        private String project = "shop";
        private Instant end;
        private boolean isKilled;
        private boolean hasLostItsFirstLine;

        Jvm(RunId run, long pid, Instant start) {
            this.run = run;
            this.pid = pid;
            this.start = start;
            this.end = start.plusSeconds(1);
        }

        Jvm in(String name) {
            project = name;
            return this;
        }

        Jvm lasting(int seconds) {
            end = start.plusSeconds(seconds);
            return this;
        }

        Jvm began(String name) {
            lines.add(new JournalLine.Began("[" + name + "]", "BotTest." + name));
            return this;
        }

        Jvm ran(TestUsage test) {
            lines.add(new JournalLine.Began(test.id(), test.name()));
            lines.add(new JournalLine.Test(test));
            return this;
        }

        Jvm killed() {
            isKilled = true;
            return this;
        }

        Jvm withoutFirstLine() {
            hasLostItsFirstLine = true;
            return this;
        }

        private static String text(JournalLine line) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonOut out = new JsonOut(bytes, 64)) {
                line.write(out, new TestLineWriter());
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }

        void writeTo(Path reportDirectory) throws IOException {
            Path file = JournalDirectory.of(reportDirectory).fileOf(run, pid, start);
            List<String> texts = new ArrayList<>();
            if (!hasLostItsFirstLine) {
                texts.add(text(new JournalLine.Jvm(pid, project, start)));
            }
            texts.add(text(new JournalLine.Prices(PRICES)));
            for (JournalLine line : lines) {
                texts.add(text(line));
            }
            if (!isKilled) {
                texts.add(text(new JournalLine.Ended(end)));
            }
            Files.createDirectories(file.getParent());
            Files.write(file, texts);
        }
    }
}
