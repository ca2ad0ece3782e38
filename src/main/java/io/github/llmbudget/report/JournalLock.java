package io.github.llmbudget.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.apiguardian.api.API;

/**
 * Lets one JVM at a time write what all JVMs of a run share: the report, so that the last of several forks writes the whole
 * of it, and what they use of the limits of the run.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class JournalLock {

    /** File locks hold between processes; within one they must not overlap. */
    private static final ReentrantLock WITHIN_THIS_JVM = new ReentrantLock();

    private JournalLock() {}

    /**
     * Waits until nobody else writes the report, then runs an action.
     *
     * @param reportDirectory the report directory; it has a journal
     * @param action reads the journals and writes the report
     * @throws IOException if the directory cannot be written, or the action fails
     */
    public static void holdReport(Path reportDirectory, Action action) throws IOException {
        hold(JournalDirectory.of(reportDirectory).path().resolve("report.lock"), action);
    }

    /**
     * Waits until nobody else holds a lock, then runs an action.
     *
     * @param file the file that stands for the lock
     * @param action what is done meanwhile; it must not take another lock
     * @throws IOException if the file cannot be written, or the action fails
     */
    static void hold(Path file, Action action) throws IOException {
        WITHIN_THIS_JVM.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // Released when the channel is closed.
            action.run();
        } finally {
            WITHIN_THIS_JVM.unlock();
        }
    }

    /** What is done while the lock is held. */
    @FunctionalInterface
    public interface Action {

        /**
         * Runs.
         *
         * @throws IOException if something cannot be read or written
         */
        void run() throws IOException;
    }
}
