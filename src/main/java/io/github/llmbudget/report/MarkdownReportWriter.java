package io.github.llmbudget.report;

import io.github.llmbudget.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Writes {@code summary.md}, for a pull request: the verdict, and the tests that matter most, in at most 60 lines. In a
 * workflow of GitHub the same text goes into the summary of the step.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class MarkdownReportWriter implements ConfiguredWriter {

    private static final String STEP_SUMMARY = "GITHUB_STEP_SUMMARY";

    private final Environment environment;
    private final Optional<Path> baseline;

    /** Creates the writer; found through its services file. */
    public MarkdownReportWriter() {
        this(Environment.OF_PROCESS, Optional.empty());
    }

    MarkdownReportWriter(Environment environment, Optional<Path> baseline) {
        this.environment = environment;
        this.baseline = baseline;
    }

    @Override
    public ReportWriter configuredBy(Configuration configuration) {
        return new MarkdownReportWriter(environment, configuration.path(Configuration.REPORT_BASELINE));
    }

    @Override
    public String id() {
        return "markdown";
    }

    @Override
    public void write(UsageReport report, Path directory) throws IOException {
        Comparison comparison =
                baseline.map(file -> Comparison.of(report, file)).orElse(Comparison.NONE);
        String text = new MarkdownSummary(report, comparison).text();
        Files.writeString(directory.resolve("summary.md"), text);
        environment.get(STEP_SUMMARY).ifPresent(file -> addToStep(file, text, directory));
    }

    /** What GitHub does not take must not keep other reports from being written. */
    private static void addToStep(String file, String text, Path directory) {
        try {
            new StepSummary(Path.of(file)).put(text, directory);
        } catch (IOException | InvalidPathException e) {
            System.getLogger(MarkdownReportWriter.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The summary of LLM usage could not be added to " + STEP_SUMMARY + ", " + file + ": " + e);
        }
    }
}
