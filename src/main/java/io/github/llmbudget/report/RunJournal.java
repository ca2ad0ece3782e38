package io.github.llmbudget.report;

import io.github.llmbudget.price.PriceBasis;
import io.github.llmbudget.wire.JsonOut;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM writes of its tests: a file in the report directory, one line a test, appended as each test ends, so that
 * what was written survives the JVM. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RunJournal implements Closeable {

    private static final byte END_OF_LINE = '\n';

    /** Most lines are shorter, and written at once. */
    private static final int AT_A_TIME = 1 << 13;

    private final Path file;
    private final OwnJournal own;
    private final TestLineWriter tests = new TestLineWriter();
    private final Set<PriceBasis> toldPrices = new HashSet<>();

    /** Most of the time it is the same basis, and no comparison is needed. */
    private @Nullable PriceBasis lastPrices;

    private @Nullable OutputStream out;
    private boolean introduced;

    /** Neither an earlier plan nor a disk that is full need have left a whole line. */
    private boolean mayBeTorn = true;

    private RunJournal(Path file) {
        this.file = file;
        this.own = OwnJournal.begin(file);
    }

    /**
     * Opens the journal of this JVM.
     *
     * @param reportDirectory the report directory
     * @param run the run that this JVM belongs to
     * @return the journal; nothing is created before something is appended
     */
    public static RunJournal open(Path reportDirectory, RunId run) {
        JvmProcess own = JvmProcess.current();
        return new RunJournal(JournalDirectory.of(reportDirectory).fileOf(run, own.pid(), own.start()));
    }

    /**
     * Notes that more tests of this JVM may follow, if it has told of some: the earlier ones were over, and it may not live to
     * tell more.
     *
     * @throws IOException if it cannot be written
     */
    public synchronized void resume() throws IOException {
        if (Files.exists(file)) {
            opened();
        }
    }

    /**
     * Notes that a test has begun to make calls, in case its JVM does not live to tell more.
     *
     * @param id the test
     * @param name its name for a reader
     * @throws IOException if it cannot be written
     */
    public synchronized void began(String id, String name) throws IOException {
        write(new JournalLine.Began(id, name));
    }

    /**
     * Appends a test.
     *
     * @param test what it used
     * @param prices what its prices are taken from
     * @throws IOException if it cannot be written
     */
    @SuppressWarnings("ReferenceEquality")
    public synchronized void append(TestUsage test, PriceBasis prices) throws IOException {
        if (prices != lastPrices && !toldPrices.contains(prices)) {
            write(new JournalLine.Prices(prices));
            toldPrices.add(prices);
        }
        lastPrices = prices;
        write(new JournalLine.Test(test));
    }

    /** Notes that the tests are over, if there were any. */
    @Override
    public synchronized void close() throws IOException {
        OutputStream stream = out;
        if (stream != null) {
            out = null;
            try (stream) {
                write(new JournalLine.Ended(Instant.now()), stream);
            }
        }
    }

    private void write(JournalLine line) throws IOException {
        write(line, opened());
    }

    private void write(JournalLine line, OutputStream stream) throws IOException {
        JsonOut json = new JsonOut(stream, AT_A_TIME);
        if (mayBeTorn && !endsWithALine()) {
            json.lastLine(0);
        }
        mayBeTorn = true;
        line.write(json, tests);
        json.lastLine(0).flush();
        mayBeTorn = false;
        own.wrote(line, json.flushed());
    }

    private OutputStream opened() throws IOException {
        OutputStream stream = out;
        if (stream == null) {
            Files.createDirectories(file.getParent());
            stream = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            out = stream;
        }
        if (!introduced) {
            write(JournalLine.Jvm.current(), stream);
            introduced = true;
        }
        return stream;
    }

    private boolean endsWithALine() throws IOException {
        long size = Files.size(file);
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.max(size - 1, 0));
            return size == 0 || in.read() == END_OF_LINE;
        }
    }
}
