package io.github.llmbudget.report;

import io.github.llmbudget.price.PriceBasis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * What one JVM writes of its tests: a file in the report directory, one line a test, appended as each test ends, so that
 * what was written survives the JVM. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RunJournal {

    private static final String DIRECTORY = "journal";
    private static final String SUFFIX = ".jsonl";

    private final Path file;
    private final Path directory;
    private final RunId run;

    private RunJournal(Path directory, RunId run) {
        this.directory = directory;
        this.run = run;
        this.file = directory.resolve(
                run.value() + "-jvm-" + ProcessHandle.current().pid() + SUFFIX);
    }

    /**
     * Opens the journal of this JVM.
     *
     * @param reportDirectory the report directory
     * @return the journal; nothing is created before something is appended
     */
    public static RunJournal open(Path reportDirectory) {
        return new RunJournal(directory(reportDirectory), RunId.current());
    }

    /**
     * Tells whether any JVM has written a journal.
     *
     * @param reportDirectory the report directory
     * @return whether there is something to report
     */
    public static boolean exists(Path reportDirectory) {
        return Files.isDirectory(directory(reportDirectory));
    }

    static Path directory(Path reportDirectory) {
        return reportDirectory.resolve(DIRECTORY);
    }

    /**
     * Appends a test.
     *
     * @param test what it used
     * @param prices what its prices are taken from
     * @throws IOException if it cannot be written
     */
    public synchronized void append(TestUsage test, PriceBasis prices) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(
                file,
                ReportJson.line(new Line(prices, test)) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /**
     * Reads what all JVMs of this JVM's run have written so far.
     *
     * @param reportDirectory the report directory
     * @return the tests; of a test that ran several times, the last run
     * @throws IOException if the directory cannot be read
     */
    public static Contents readRun(Path reportDirectory) throws IOException {
        RunJournal own = open(reportDirectory);
        if (!Files.isDirectory(own.directory)) {
            return new Contents(List.of(), List.of(), List.of(), List.of());
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(own.directory)) {
            files = all.filter(file -> file.getFileName().toString().startsWith(own.run.value() + "-jvm-"))
                    .sorted()
                    .toList();
        }
        Map<String, TestUsage> tests = new LinkedHashMap<>();
        List<String> damaged = new ArrayList<>();
        Set<PriceBasis> prices = new LinkedHashSet<>();
        for (Path file : files) {
            // Decoded with replacement: a JVM may have been killed within a character.
            List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (int number = 1; number <= lines.size(); number++) {
                try {
                    Line line = ReportJson.read(lines.get(number - 1), Line.class);
                    tests.merge(line.test.id(), line.test, RunJournal::later);
                    prices.add(line.prices);
                } catch (RuntimeException e) {
                    // Gson passes on whatever the constructors and parsers of values throw.
                    damaged.add(file + ", line " + number + ": " + e.getMessage());
                }
            }
        }
        return new Contents(List.of(), List.copyOf(prices), tests.values(), damaged);
    }

    /** Each JVM tells what was called outside of its tests; of the limits of the run, the last one knows most. */
    private static TestUsage later(TestUsage one, TestUsage other) {
        if (one.kind() == TestUsage.Kind.RUN) {
            TestUsage last = other.end().isBefore(one.end()) ? one : other;
            boolean over = Stream.of(one, other).anyMatch(run -> run.outcome() == TestUsage.Outcome.OVER_BUDGET);
            return new TestUsage(
                    one.kind(),
                    one.id(),
                    one.testClass(),
                    one.name(),
                    over ? TestUsage.Outcome.OVER_BUDGET : last.outcome(),
                    other.start().isBefore(one.start()) ? other.start() : one.start(),
                    last.end(),
                    Stream.concat(one.calls().stream(), other.calls().stream()).toList(),
                    last.limits());
        }
        return other.start().isBefore(one.start()) ? one : other;
    }

    private record Line(PriceBasis prices, TestUsage test) {}

    /**
     * What the journals of a run hold.
     *
     * @param jvms the JVMs that wrote them
     * @param prices what the prices of the tests are taken from, usually one and the same
     * @param tests the tests
     * @param missing what they do not hold, and why, for a reader
     */
    public record Contents(
            List<TestJvm> jvms, List<PriceBasis> prices, Collection<TestUsage> tests, List<String> missing) {}
}
