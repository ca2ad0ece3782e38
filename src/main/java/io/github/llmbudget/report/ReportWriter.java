package io.github.llmbudget.report;

import java.io.IOException;
import java.nio.file.Path;
import org.apiguardian.api.API;

/**
 * Writes the report of a run in one format. Implementations are found by {@link java.util.ServiceLoader}; those built in
 * are registered the same way. The calls of a test are made anew each time somebody goes through them, so a writer does it
 * once.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ReportWriter {

    /**
     * Returns the name by which {@code llmbudget.report.formats} chooses this writer.
     *
     * @return a lower-case word
     */
    String id();

    /**
     * Writes the report.
     *
     * @param report what the run cost; it has at least one test
     * @param directory where files go; it exists
     * @throws IOException if it cannot be written
     */
    void write(UsageReport report, Path directory) throws IOException;
}
