package io.github.llmbudget.report;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Finds the writers that are asked for.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ReportWriters {

    /** What is printed names the page that another one writes. */
    private static final Comparator<ReportWriter> PRINTED_LAST =
            Comparator.comparing(ConsoleReportWriter.class::isInstance);

    private ReportWriters() {}

    /**
     * Returns the chosen writers, or all there are.
     *
     * @param configuration the configuration
     * @return the writers, in the order in which they are to write
     * @throws ConfigurationException if a chosen one does not exist, two have the same id, or one cannot be loaded
     */
    public static List<ReportWriter> of(Configuration configuration) {
        return of(configuration, configuration.text(Configuration.REPORT_FORMATS));
    }

    /**
     * Returns the named writers, or all there are.
     *
     * @param configuration the configuration
     * @param formats their ids, separated by commas; empty for all
     * @return the writers, in the order in which they are to write
     * @throws ConfigurationException if a named one does not exist, two have the same id, or one cannot be loaded
     */
    public static List<ReportWriter> of(Configuration configuration, Optional<String> formats) {
        Map<String, ReportWriter> writers =
                byId(ServiceLoader.load(ReportWriter.class, ReportWriter.class.getClassLoader()));
        Stream<ReportWriter> chosen = formats.map(ids -> Arrays.stream(ids.split(","))
                        .map(String::strip)
                        .distinct()
                        .map(id -> chosen(id, writers)))
                .orElseGet(() -> writers.values().stream());
        return chosen.map(writer -> configured(writer, configuration))
                .sorted(PRINTED_LAST)
                .toList();
    }

    /**
     * Lets each writer write the report. One that fails keeps no other from it.
     *
     * @param report the report
     * @param writers the writers
     * @param directory the report directory
     */
    public static void write(UsageReport report, List<ReportWriter> writers, Path directory) {
        write(report, writers, directory, (writer, thrown) -> {
            if (thrown instanceof IOException trouble) {
                WriteTrouble.tell(directory, trouble);
            } else {
                System.getLogger(ReportWriters.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "The report of LLM usage in the format '" + writer.id() + "' could not be written",
                                thrown);
            }
        });
    }

    /**
     * Lets each writer write the report. One that fails keeps no other from it.
     *
     * @param report the report
     * @param writers the writers
     * @param directory the report directory
     * @param trouble is told of a writer that fails, and why
     */
    public static void write(
            UsageReport report,
            List<ReportWriter> writers,
            Path directory,
            BiConsumer<ReportWriter, Throwable> trouble) {
        for (ReportWriter writer : writers) {
            try {
                writer.write(report, directory);
            } catch (IOException | RuntimeException | LinkageError e) {
                trouble.accept(writer, e);
            }
        }
    }

    static Map<String, ReportWriter> byId(Iterable<ReportWriter> found) {
        Map<String, ReportWriter> writers = new TreeMap<>();
        try {
            for (ReportWriter writer : found) {
                ReportWriter other = writers.put(writer.id(), writer);
                if (other != null) {
                    throw new ConfigurationException("Two report writers have the id '" + writer.id() + "': "
                            + other.getClass().getName() + " and "
                            + writer.getClass().getName() + ".");
                }
            }
        } catch (ServiceConfigurationError e) {
            throw new ConfigurationException("A report writer cannot be loaded: " + e.getMessage());
        }
        return writers;
    }

    private static ReportWriter chosen(String id, Map<String, ReportWriter> writers) {
        ReportWriter writer = writers.get(id);
        if (writer == null) {
            throw new ConfigurationException(Configuration.REPORT_FORMATS + " names '" + id + "', but the formats are "
                    + String.join(", ", writers.keySet()) + ".");
        }
        return writer;
    }

    private static ReportWriter configured(ReportWriter writer, Configuration configuration) {
        return writer instanceof ConfiguredWriter configurable ? configurable.configuredBy(configuration) : writer;
    }
}
