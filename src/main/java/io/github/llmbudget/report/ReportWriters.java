package io.github.llmbudget.report;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * Finds the writers that are asked for.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ReportWriters {

    private static final System.Logger LOG = System.getLogger(ReportWriters.class.getName());

    private ReportWriters() {}

    /**
     * Returns the chosen writers, or all there are.
     *
     * @param configuration the configuration
     * @return the writers, in the order of their ids
     * @throws ConfigurationException if a chosen one does not exist
     */
    public static List<ReportWriter> of(Configuration configuration) {
        Map<String, ReportWriter> writers = new TreeMap<>();
        ServiceLoader.load(ReportWriter.class, ReportWriter.class.getClassLoader())
                .forEach(writer -> writers.put(writer.id(), writer));
        return configuration
                .text(Configuration.REPORT_FORMATS)
                .map(ids -> Arrays.stream(ids.split(","))
                        .map(String::strip)
                        .map(id -> chosen(id, writers))
                        .toList())
                .orElseGet(() -> List.copyOf(writers.values()));
    }

    /**
     * Lets each writer write the report. One that fails keeps no other from it.
     *
     * @param report the report
     * @param writers the writers
     * @param directory the report directory
     */
    public static void write(UsageReport report, List<ReportWriter> writers, Path directory) {
        for (ReportWriter writer : writers) {
            try {
                writer.write(report, directory);
            } catch (IOException e) {
                WriteTrouble.tell(directory, e);
            } catch (RuntimeException | LinkageError e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The report of LLM usage in the format '" + writer.id() + "' could not be written",
                        e);
            }
        }
    }

    private static ReportWriter chosen(String id, Map<String, ReportWriter> writers) {
        ReportWriter writer = writers.get(id);
        if (writer == null) {
            throw new ConfigurationException(Configuration.REPORT_FORMATS + " names '" + id + "', but the formats are "
                    + String.join(", ", writers.keySet()) + ".");
        }
        return writer;
    }
}
