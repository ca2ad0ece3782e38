package io.github.llmbudget.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory where the JVMs of all runs keep their journals, and what they share.
 *
 * @param path the directory
 */
record JournalDirectory(Path path) {

    private static final String NAME = "journal";

    /** So much may the clock of a file system be behind. */
    private static final Duration SLOW_CLOCK = Duration.ofMinutes(5);

    /** The run, the process, and when that was started: no other JVM has the same. */
    private static final Pattern FILE = Pattern.compile("(.+)-jvm-([1-9]\\d{0,17})-(\\d{1,18})\\.jsonl");

    static JournalDirectory of(Path reportDirectory) {
        return new JournalDirectory(reportDirectory.resolve(NAME));
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    Path fileOf(RunId run, long pid, Instant start) {
        return path.resolve(run.value() + "-jvm-" + pid + "-" + start.toEpochMilli() + ".jsonl");
    }

    /** Returns the journals of a run, in the order of their names. */
    List<Path> filesOf(RunId run) throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(file -> isJournal(file) && runOf(file).equals(run))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Returns the journals of a run without those that only earlier builds of its daemon can have written, which need not be
     * read.
     */
    List<Path> latestFilesOf(RunId run) throws IOException {
        List<Path> files = filesOf(run);
        if (!run.isOfDaemon()) {
            return files;
        }
        Map<Path, Instant> written = new HashMap<>();
        for (Path file : files) {
            written.put(file, Files.getLastModifiedTime(file).toInstant().plus(SLOW_CLOCK));
        }
        return Simultaneous.latest(files, file -> processOf(file).start(), written::get);
    }

    /** Returns the runs of which there are journals, first the one of which a JVM was started last. */
    List<RunId> runs() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(JournalDirectory::isJournal)
                    .sorted(Comparator.comparing((Path file) -> processOf(file).start())
                            .reversed())
                    .map(JournalDirectory::runOf)
                    .distinct()
                    .toList();
        }
    }

    static boolean isJournal(Path file) {
        return FILE.matcher(file.getFileName().toString()).matches();
    }

    static RunId runOf(Path file) {
        return new RunId(part(file, 1));
    }

    static JvmProcess processOf(Path file) {
        return new JvmProcess(Long.parseLong(part(file, 2)), Instant.ofEpochMilli(Long.parseLong(part(file, 3))));
    }

    private static String part(Path file, int group) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(file + " is no journal");
        }
        return name.group(group);
    }
}
