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
import java.util.UUID;
import org.apiguardian.api.API;

/**
 * What the JVMs of a run use of the limits of the run: a file beside their journals, one line a call, which each of them
 * appends to and reads on from where it was. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SharedUse implements OtherJvms {

    private static final System.Logger LOG = System.getLogger(SharedUse.class.getName());
    private static final String LOCK = "shared-use.lock";
    private static final byte END_OF_LINE = '\n';

    private final Path directory;
    private final Path file;
    private final List<Account> accounts;
    private final String self = UUID.randomUUID().toString();
    private long readTo;

    private SharedUse(Path directory, Path file, List<Account> accounts) {
        this.directory = directory;
        this.file = file;
        this.accounts = List.copyOf(accounts);
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
        Path directory = JournalDirectory.of(reportDirectory).path();
        return new SharedUse(directory, directory.resolve(run.value() + "-shared-use.jsonl"), accounts);
    }

    @Override
    public void catchUp() {
        if (Files.exists(file)) {
            holdingTheLock(this::readOn);
        }
    }

    @Override
    public void publish(String id, String test, Amounts amounts) {
        holdingTheLock(channel -> {
            readOn(channel);
            accounts.forEach(account -> account.add(id, test, amounts));
            long at = channel.size();
            String torn = readTo < at ? "\n" : "";
            String line = torn + ReportJson.line(new Line(self, id, test, amounts)) + "\n";
            ByteBuffer rest = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) {
                at += channel.write(rest, at);
            }
        });
    }

    /**
     * Takes what others have appended. Whoever holds the lock has written his line to its end; one without an end is that
     * of a JVM that was killed over it, and the next line begins after it.
     */
    private void readOn(FileChannel channel) throws IOException {
        ByteBuffer more = ByteBuffer.allocate(Math.toIntExact(channel.size() - readTo));
        while (more.hasRemaining() && channel.read(more, readTo + more.position()) >= 0) {
            // Reads until the end of what there is.
        }
        int end = more.position();
        while (end > 0 && more.get(end - 1) != END_OF_LINE) {
            end--;
        }
        String lines = new String(more.array(), 0, end, StandardCharsets.UTF_8);
        lines.lines().forEach(this::take);
        readTo += end;
    }

    private void take(String text) {
        Line line;
        try {
            line = ReportJson.read(text, Line.class);
        } catch (RuntimeException e) {
            // Gson passes on whatever the constructors and parsers of values throw.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A line of " + file + " is damaged, so one call is left out of the limits of the run: "
                            + e.getMessage());
            return;
        }
        if (!line.jvm.equals(self)) {
            accounts.forEach(account -> account.add(line.id, line.test, line.amounts));
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

    private record Line(String jvm, String id, String test, Amounts amounts) {}
}
