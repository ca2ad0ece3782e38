package io.github.llmbudget.platform;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.config.NearestNames;
import io.github.llmbudget.report.JournalLock;
import io.github.llmbudget.report.ReportDirectory;
import io.github.llmbudget.report.ReportWriter;
import io.github.llmbudget.report.ReportWriters;
import io.github.llmbudget.report.RunJournal;
import io.github.llmbudget.report.UsageReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the report when a run is over. JUnit finds it by its services file. It reads what the tests left in the journal,
 * and never changes their verdict.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class UsageReportListener implements TestExecutionListener {

    private static final System.Logger LOG = System.getLogger(UsageReportListener.class.getName());
    private static final String PREFIX = "llmbudget.";
    private static final String ENVIRONMENT_PREFIX = "LLMBUDGET_";

    /** Creates the listener; found through its services file. */
    public UsageReportListener() {}

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Set<String> keys = new TreeSet<>(System.getProperties().stringPropertyNames());
        keys.addAll(plan.getConfigurationParameters().keySet());
        keys.stream()
                .filter(key -> key.startsWith(PREFIX) && !Configuration.KEYS.contains(key))
                .forEach(key -> warn("There is no setting " + key + ". Did you mean "
                        + NearestNames.of(key, Configuration.KEYS, 1).get(0) + "?"));
        Set<String> variables = new TreeSet<>(Configuration.KEYS.stream()
                .map(Configuration::environmentVariable)
                .toList());
        System.getenv().keySet().stream()
                .filter(variable -> variable.startsWith(ENVIRONMENT_PREFIX) && !variables.contains(variable))
                .forEach(variable -> warn("There is no setting " + variable + ". Did you mean "
                        + NearestNames.of(variable, variables, 1).get(0) + "?"));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        Configuration configuration = Configuration.of(plan.getConfigurationParameters()::get);
        try {
            if (configuration.flag(Configuration.ENABLED, true)) {
                report(configuration);
            }
        } catch (IOException | ConfigurationException e) {
            warn("The report of LLM usage could not be written: " + e);
        }
    }

    private static void report(Configuration configuration) throws IOException {
        Path directory = ReportDirectory.of(configuration);
        if (RunJournal.exists(directory)) {
            List<ReportWriter> writers = ReportWriters.of(configuration);
            JournalLock.holdReport(directory, () -> write(RunJournal.readRun(directory), writers, directory));
        }
    }

    private static void write(RunJournal.Contents journals, List<ReportWriter> writers, Path directory)
            throws IOException {
        journals.missing().forEach(line -> warn("A line of the journal is damaged and left out: " + line));
        if (journals.tests().isEmpty()) {
            return;
        }
        UsageReport report = UsageReport.of(journals);
        for (ReportWriter writer : writers) {
            writer.write(report, directory);
        }
    }

    private static void warn(String message) {
        LOG.log(System.Logger.Level.WARNING, message);
    }
}
