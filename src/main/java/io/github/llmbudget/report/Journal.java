package io.github.llmbudget.report;

import io.github.llmbudget.price.PriceBasis;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The journal of one JVM, as far as it was written. */
final class Journal {

    private final Path file;
    private final List<TestUsage> tests = new ArrayList<>();
    private final Set<PriceBasis> prices = new LinkedHashSet<>();
    private final Map<String, String> running = new LinkedHashMap<>();
    private final List<String> damaged = new ArrayList<>();
    private JvmProcess process;
    private String project = "";
    private int wholeLines;
    private @Nullable Instant lastTest;
    private @Nullable Instant ended;

    private Journal(Path file) {
        this.file = file;
        this.process = JournalDirectory.processOf(file);
    }

    static Journal read(Path file, TestReader reader) throws IOException {
        Journal journal = new Journal(file);
        // Decoded with replacement: a JVM may have been killed within a character.
        try (LineByLine lines =
                new LineByLine(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (int number = 1; lines.next(); number++) {
                journal.take(lines, number, reader);
            }
        }
        return journal;
    }

    /** Puts together what the lines of a file are known to be. */
    static Journal of(Path file, List<JournalLine> lines) {
        Journal journal = new Journal(file);
        lines.forEach(journal::take);
        return journal;
    }

    private void take(Reader line, int number, TestReader reader) {
        try {
            take(JournalLine.parse(line, reader));
        } catch (IOException | RuntimeException e) {
            damaged.add("line " + number + " of " + file + " is damaged and left out: " + ReportJson.problem(e));
        }
    }

    private void take(JournalLine line) {
        if (line instanceof JournalLine.Test over) {
            tests.add(over.test());
            lastTest = latest(lastTest, over.test().end());
            running.remove(over.test().id());
        } else if (line instanceof JournalLine.Began began) {
            running.put(began.id(), began.name());
        } else if (line instanceof JournalLine.Prices told) {
            prices.add(told.basis());
        } else if (line instanceof JournalLine.Jvm told) {
            process = told.process();
            project = told.project();
        }
        ended = line instanceof JournalLine.Ended end ? end.at() : null;
        wholeLines++;
    }

    private static Instant latest(@Nullable Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    String name() {
        return file.getFileName().toString();
    }

    /** Of two copies of one journal, the one that was made later holds more. */
    Journal longer(Journal other) {
        return other.wholeLines > wholeLines ? other : this;
    }

    RunId run() {
        return JournalDirectory.runOf(file);
    }

    /** Returns the directory that the JVM ran in; it tells equal tests of several modules apart. */
    String project() {
        return project;
    }

    List<TestUsage> tests() {
        return tests;
    }

    Set<PriceBasis> prices() {
        return prices;
    }

    Instant start() {
        return process.start();
    }

    /** Returns when it was last heard of. */
    Instant last() {
        if (ended != null) {
            return ended;
        }
        return lastTest == null ? start() : lastTest;
    }

    TestJvm toJvm() {
        return new TestJvm(process.pid(), project, start(), ended, tests.size());
    }

    /** Tells what it should hold and does not. */
    List<String> missing() {
        List<String> missing = new ArrayList<>(damaged);
        if (ended == null) {
            missing.add(process.isAlive() ? "JVM " + process.pid() + " still runs tests" : describeKilled());
        }
        return missing;
    }

    private String describeKilled() {
        String place = project.isEmpty() ? "" : " of " + project;
        String named = running.isEmpty()
                ? ""
                : "; it was then in " + String.join(", ", running.values()) + ", whose calls are not known";
        return "JVM " + process.pid() + place
                + " was gone before its tests were over, so those that had not ended are missing" + named;
    }
}
