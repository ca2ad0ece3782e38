package io.github.llmbudget.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.budget.Account;
import io.github.llmbudget.budget.Amounts;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.testing.Warnings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedUseTests {

    private static final int FORKS = 4;
    private static final int LIMIT = 200;
    private static final Pattern PASSED = Pattern.compile("passed (\\d+)");

    @TempDir
    private Path directory;

    private static Account account() {
        return new Account(
                new Limit(Metric.COST, BigDecimal.ONE, "suite", "the whole run").of(Scope.SUITE, Set.of(Role.SUBJECT)),
                new Object());
    }

    private static Amounts usd(String usd) {
        return new Amounts(new BigDecimal(usd), 8, 2, 1, 0, 0, 0);
    }

    @Test
    void addsUpWhatAllJvmsOfARunUse() {
        Account one = account();
        Account other = account();
        SharedUse here = SharedUse.open(directory, RunId.byProcess(), List.of(one));
        SharedUse there = SharedUse.open(directory, RunId.byProcess(), List.of(other));

        here.publish("[a]", "A.a", usd("0.25"));
        there.publish("[b]", "B.b", usd("0.5"));
        here.publish("[a]", "A.a", usd("0.125"));
        there.catchUp();
        here.catchUp();
        here.catchUp();

        assertThat(one.used()).isEqualByComparingTo("0.875");
        assertThat(other.used()).isEqualByComparingTo("0.875");
    }

    @Test
    void leavesOutWhatAnEarlierBuildOfADaemonUsed() throws Exception {
        RunId daemon = new RunId("daemon-100-1");
        usedByAJvmThatIsGone(daemon, "0.5");
        Account one = account();
        Account other = account();

        SharedUse here = SharedUse.open(directory, daemon, List.of(one));
        here.catchUp();
        SharedUse there = SharedUse.open(directory, daemon, List.of(other));
        there.catchUp();
        here.publish("[a]", "A.a", usd("0.25"));
        there.publish("[b]", "B.b", usd("0.125"));
        here.catchUp();

        assertThat(one.used()).isEqualByComparingTo("0.375");
        assertThat(other.used()).isEqualByComparingTo("0.375");
    }

    @Test
    void knowsWhoOfTheSameBuildHasJoinedBeforeItUsedAnything() throws Exception {
        RunId daemon = new RunId("daemon-100-1");
        usedByAJvmThatIsGone(daemon, "0.5");
        SharedUse.open(directory, daemon, List.of(account())).catchUp();
        usedByAJvmThatIsGone(daemon, "0.25");
        Account account = account();

        SharedUse.open(directory, daemon, List.of(account)).catchUp();

        assertThat(account.used()).isEqualByComparingTo("0.25");
    }

    @Test
    void countsWhatJvmsOfANamedRunUsedThatAreGone() throws Exception {
        RunId named = new RunId("id-nightly");
        usedByAJvmThatIsGone(named, "0.5");
        Account account = account();

        SharedUse.open(directory, named, List.of(account)).catchUp();

        assertThat(account.used()).isEqualByComparingTo("0.5");
    }

    private void usedByAJvmThatIsGone(RunId run, String usd) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UsesOfARun.class.getName(),
                        directory.toString(),
                        run.value(),
                        usd)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void createsNothingBeforeSomethingIsUsed() {
        SharedUse.open(directory, RunId.byProcess(), List.of(account())).catchUp();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void waitsForTheRestOfALineThatIsBeingWritten() throws IOException {
        Account account = account();
        SharedUse here = SharedUse.open(directory, RunId.byProcess(), List.of(account));
        SharedUse.open(directory, RunId.byProcess(), List.of(account())).publish("[b]", "B.b", usd("0.5"));
        Path file = file();
        String line = Files.readString(file);
        Files.writeString(file, line.substring(0, 20), StandardOpenOption.APPEND);

        here.catchUp();
        assertThat(account.used()).isEqualByComparingTo("0.5");

        Files.writeString(file, line.substring(20), StandardOpenOption.APPEND);
        here.catchUp();
        assertThat(account.used()).isEqualByComparingTo("1");
    }

    @Test
    void goesOnAfterALineThatAJvmWasKilledOver() throws IOException {
        Account account = account();
        SharedUse here = SharedUse.open(directory, RunId.byProcess(), List.of(account));
        SharedUse there = SharedUse.open(directory, RunId.byProcess(), List.of(account()));
        there.publish("[b]", "B.b", usd("0.25"));
        Files.writeString(file(), "{\"jvm\":\"killed", StandardOpenOption.APPEND);

        there.publish("[b]", "B.b", usd("0.5"));
        List<String> warnings = Warnings.during(here::catchUp);

        assertThat(account.used()).isEqualByComparingTo("0.75");
        assertThat(warnings).singleElement().asString().contains("is damaged");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"jvm\":\"x\"}",
                "{\"jvm\":\"x\",\"process\":{\"pid\":1}}",
                "{\"jvm\":\"x\",\"process\":{\"pid\":1,\"start\":\"2026-11-10T00:00:00Z\"},\"use\":{\"id\":\"x\",\"test\":\"x\"}}",
                "{\"jvm\":\"x\",\"process\":{\"pid\":1,\"start\":\"2026-11-10T00:00:00Z\"},\"use\":{\"id\":\"x\",\"test\":\"x\",\"amounts\":{\"calls\":1}}}"
            })
    void skipsALineThatIsDamaged(String line) throws IOException {
        Account account = account();
        SharedUse here = SharedUse.open(directory, RunId.byProcess(), List.of(account));
        SharedUse.open(directory, RunId.byProcess(), List.of(account())).publish("[b]", "B.b", usd("0.5"));
        Files.writeString(file(), line + "\n", StandardOpenOption.APPEND);

        assertThat(Warnings.during(here::catchUp))
                .singleElement()
                .asString()
                .contains("is damaged")
                .hasLineCount(1);
        assertThat(account.used()).isEqualByComparingTo("0.5");
    }

    @Test
    void countsWhatAnInterruptedThreadUsed() {
        Account account = account();
        SharedUse here = SharedUse.open(directory, RunId.byProcess(), List.of(account));

        Thread.currentThread().interrupt();
        here.publish("[a]", "A.a", usd("0.25"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(account.used()).isEqualByComparingTo("0.25");
    }

    private Path file() throws IOException {
        try (var files = Files.list(directory.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith("-shared-use.jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        Path occupied = Files.writeString(directory.resolve("occupied"), "");
        SharedUse use = SharedUse.open(occupied, RunId.byProcess(), List.of(account()));

        assertThatThrownBy(() -> use.publish("[a]", "A.a", usd("1")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("The limits of the run cannot be shared with its other JVMs through ");
    }

    @Test
    void keepsFourForksWithinOneLimitButForTheCallsInFlight() throws Exception {
        List<Process> forks = new ArrayList<>();
        for (int fork = 0; fork < FORKS; fork++) {
            forks.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            // As Surefire marks its forks, which makes them one run.
                            "-Dsurefire.test.class.path=any",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SpendsFromARun.class.getName(),
                            directory.toString(),
                            Integer.toString(LIMIT))
                    .redirectErrorStream(true)
                    .start());
        }
        int passed = 0;
        for (Process fork : forks) {
            String output = new String(fork.getInputStream().readAllBytes(), UTF_8);
            assertThat(fork.waitFor()).as(output).isZero();
            assertThat(output).contains("was crossed by fork ");
            Matcher count = PASSED.matcher(output);
            assertThat(count.find()).as(output).isTrue();
            passed += Integer.parseInt(count.group(1));
        }
        // The call that crosses the limit is made, and so are those that are in flight by then.
        assertThat(passed).isBetween(LIMIT + 1, LIMIT + FORKS);
    }
}
