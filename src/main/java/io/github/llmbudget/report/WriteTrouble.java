package io.github.llmbudget.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apiguardian.api.API;

/**
 * Tells that a report directory cannot be written, once in a JVM: a disk that is full fails every test's line and the
 * report too. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class WriteTrouble {

    private static final Set<Path> TOLD = ConcurrentHashMap.newKeySet();

    private WriteTrouble() {}

    /**
     * Warns, unless it has been told of this directory.
     *
     * @param reportDirectory the report directory
     * @param failure what went wrong
     */
    public static void tell(Path reportDirectory, IOException failure) {
        Path directory = reportDirectory.toAbsolutePath();
        if (TOLD.add(directory)) {
            System.getLogger(WriteTrouble.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The LLM usage of tests cannot be written to " + directory
                                    + ", so the report is incomplete or"
                                    + " missing. The tests are judged all the same. The cause: " + failure);
        }
    }
}
