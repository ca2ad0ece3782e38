package io.github.llmbudget.report;

import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.config.Configuration;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * Finds the journals of a run and puts them together.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Journals {

    private Journals() {}

    /**
     * Tells whether any JVM has written a journal.
     *
     * @param reportDirectory the report directory
     * @return whether there may be something to report
     */
    public static boolean exist(Path reportDirectory) {
        // Of suites without LLM tests most have no such directory, and need not know what a journal is called.
        return Files.isDirectory(reportDirectory)
                && JournalDirectory.of(reportDirectory).exists();
    }

    /**
     * Reads what all JVMs of a run have written so far.
     *
     * @param reportDirectory the report directory
     * @param run the run that this JVM belongs to
     * @return what they hold
     * @throws IOException if they cannot be read
     */
    public static JournaledRun ofRun(Path reportDirectory, RunId run) throws IOException {
        JournalDirectory directory = JournalDirectory.of(reportDirectory);
        return JournaledRun.of(directory.exists() ? List.of(read(directory.latestFilesOf(run), run)) : List.of());
    }

    /**
     * Reads the latest run of each of a number of report directories, such as those of modules or of the shards of a
     * suite.
     *
     * @param places report directories, or directories above them; links are followed
     * @param remarks takes what was left out, a sentence each, for a reader
     * @return what their journals hold, as one run; a journal that is found twice is read once
     * @throws IOException if they cannot be read, or one of them holds no journal
     */
    public static JournaledRun ofLatestRuns(Collection<Path> places, Consumer<String> remarks) throws IOException {
        List<Map<String, Journal>> parts = new ArrayList<>();
        for (Path directory : directoriesIn(places)) {
            JournalDirectory journals = new JournalDirectory(directory);
            List<RunId> runs = journals.runs();
            int earlier = runs.size() - 1;
            if (earlier > 0) {
                remarks.accept(directory + " has journals of " + TextTable.count(earlier)
                        + (earlier == 1 ? " other run" : " other runs")
                        + ", left out for one that was started later. Shards need a directory each, or one "
                        + Configuration.RUN_ID + ".");
            }
            add(read(journals.filesOf(runs.get(0)), runs.get(0)), parts);
        }
        return JournaledRun.of(
                parts.stream().map(part -> List.copyOf(part.values())).toList());
    }

    /** A directory that has a journal of another one is a copy of it, made earlier or later: both are one part. */
    private static void add(List<Journal> journals, List<Map<String, Journal>> parts) {
        Map<String, Journal> part = new TreeMap<>();
        journals.forEach(journal -> part.put(journal.name(), journal));
        List<Map<String, Journal>> copies = parts.stream()
                .filter(other -> !Collections.disjoint(other.keySet(), part.keySet()))
                .toList();
        copies.forEach(copy -> copy.forEach((name, journal) -> part.merge(name, journal, Journal::longer)));
        parts.removeAll(copies);
        parts.add(part);
    }

    private static Set<Path> directoriesIn(Collection<Path> places) throws IOException {
        Set<Path> directories = new TreeSet<>();
        for (Path place : places) {
            Set<Path> found = directoriesIn(place);
            if (found.isEmpty()) {
                throw new NoSuchFileException(place.toString(), null, "there is no journal of a test run in it");
            }
            directories.addAll(found);
        }
        return directories;
    }

    private static Set<Path> directoriesIn(Path place) throws IOException {
        Set<Path> directories = new TreeSet<>();
        Files.walkFileTree(
                place, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        if (JournalDirectory.isJournal(file)) {
                            directories.add(file.toRealPath().getParent());
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                        // What a link leads back to is looked at already, what it does not lead to is not there.
                        if (e instanceof FileSystemLoopException
                                || (e instanceof NoSuchFileException && !file.equals(place))) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }
                });
        return directories;
    }

    /** Of the builds that a daemon runs one after the other, only the latest counts. */
    private static List<Journal> read(List<Path> files, RunId run) throws IOException {
        TestReader reader = new TestReader();
        List<Journal> journals = new ArrayList<>();
        for (Path file : files) {
            Journal own = OwnJournal.of(file);
            journals.add(own == null ? Journal.read(file, reader) : own);
        }
        return run.isOfDaemon() ? Simultaneous.latest(journals, Journal::start, Journal::last) : journals;
    }
}
