package io.github.llmbudget.report;

import io.github.llmbudget.budget.Account;
import io.github.llmbudget.budget.Amounts;
import io.github.llmbudget.budget.OtherJvms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What the JVMs of a run use of the limits of the run: a file beside their journals, one line a call, which each of them
 * appends to and reads on from where it was. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SharedUse implements OtherJvms {

    private static final String LOCK = "shared-use.lock";
    private static final byte END_OF_LINE = '\n';

    private final Path directory;
    private final Path file;
    private final List<Account> accounts;
    private final String self = UUID.randomUUID().toString();
    private final JvmProcess process = JvmProcess.current();
    private long readTo;

    /** Only the name of a daemon's run is that of earlier runs too. */
    private boolean joined;

    private SharedUse(Path directory, RunId run, List<Account> accounts) {
        this.directory = directory;
        this.file = directory.resolve(run.value() + "-shared-use.jsonl");
        this.accounts = List.copyOf(accounts);
        this.joined = !run.isOfDaemon();
    }

    /**
     * Joins the JVMs of this JVM's run.
     *
     * @param reportDirectory the report directory; nothing is created before a call is made
     * @param run the run that this JVM belongs to
     * @param accounts the accounts of the limits of the run
     * @return what they use
     */
    public static SharedUse open(Path reportDirectory, RunId run, List<Account> accounts) {
        return new SharedUse(JournalDirectory.of(reportDirectory).path(), run, accounts);
    }

    @Override
    public void catchUp() {
        if (Files.exists(file)) {
            holdingTheLock(this::catchUp);
        }
    }

    @Override
    public void publish(String id, String test, Amounts amounts) {
        holdingTheLock(channel -> {
            catchUp(channel);
            Use use = new Use(id, test, amounts);
            add(use);
            append(use, channel);
        });
    }

    private void catchUp(FileChannel channel) throws IOException {
        List<Line> lines = readOn(channel);
        if (!joined) {
            if (lines.stream().map(Line::process).distinct().noneMatch(JvmProcess::isAlive)) {
                // Whoever wrote them belonged to an earlier build of the daemon.
                channel.truncate(0);
                readTo = 0;
                lines = List.of();
            }
            append(null, channel);
            joined = true;
        }
        lines.stream().filter(line -> !line.jvm.equals(self)).map(Line::use).forEach(this::add);
    }

    private void add(@Nullable Use use) {
        if (use != null) {
            accounts.forEach(account -> account.add(use.id, use.test, use.amounts));
        }
    }

    /**
     * Returns what was appended since the last time. Whoever holds the lock has written his line to its end; one without an
     * end is that of a JVM that was killed over it, and the next line begins after it.
     */
    private List<Line> readOn(FileChannel channel) throws IOException {
        ByteBuffer more = ByteBuffer.allocate(Math.toIntExact(channel.size() - readTo));
        while (more.hasRemaining() && channel.read(more, readTo + more.position()) >= 0) {
            // Reads until the end of what there is.
        }
        int end = more.position();
        while (end > 0 && more.get(end - 1) != END_OF_LINE) {
            end--;
        }
        readTo += end;
        return new String(more.array(), 0, end, StandardCharsets.UTF_8)
                .lines()
                .flatMap(text -> parse(text).stream())
                .toList();
    }

    private Optional<Line> parse(String text) {
        try {
            return Optional.of(ReportJson.read(text, Line.class));
        } catch (RuntimeException e) {
            // Gson passes on whatever the constructors and parsers of values throw.
            System.getLogger(SharedUse.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "A line of " + file + " is damaged, so one call is left out of the limits of the run: "
                                    + ReportJson.problem(e));
            return Optional.empty();
        }
    }

    private void append(@Nullable Use use, FileChannel channel) throws IOException {
        long at = channel.size();
        String torn = readTo < at ? "\n" : "";
        String line = torn + ReportJson.line(new Line(self, process, use)) + "\n";
        ByteBuffer rest = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (rest.hasRemaining()) {
            at += channel.write(rest, at);
        }
    }

    private synchronized void holdingTheLock(WithChannel action) {
        // Files refuse a thread that was interrupted; what it used counts all the same.
        boolean interrupted = Thread.interrupted();
        try {
            Files.createDirectories(directory);
            JournalLock.hold(directory.resolve(LOCK), () -> {
                try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    action.run(channel);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The limits of the run cannot be shared with its other JVMs through " + file.toAbsolutePath() + ": "
                            + e,
                    e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface WithChannel {

        void run(FileChannel channel) throws IOException;
    }

    /**
     * A line of the file.
     *
     * @param jvm who wrote it
     * @param process the process that it lives in
     * @param use what a test used, {@code null} if the JVM has only joined the others
     */
    private record Line(
            String jvm, JvmProcess process, @Nullable Use use) {

        Line {
            Objects.requireNonNull(jvm, "it does not tell who wrote it");
            Objects.requireNonNull(process, "it does not tell the process");
        }
    }

    private record Use(String id, String test, Amounts amounts) {

        Use {
            Objects.requireNonNull(id, "it does not tell the test");
            Objects.requireNonNull(test, "it does not tell the name of the test");
            Objects.requireNonNull(amounts, "it does not tell what was used");
            Objects.requireNonNull(amounts.cost(), "it does not tell the cost");
        }
    }
}
