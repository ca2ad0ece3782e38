package io.github.llmbudget.platform;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.config.NearestNames;
import io.github.llmbudget.report.JournalLock;
import io.github.llmbudget.report.JournaledRun;
import io.github.llmbudget.report.Journals;
import io.github.llmbudget.report.ReportDirectory;
import io.github.llmbudget.report.ReportWriter;
import io.github.llmbudget.report.ReportWriters;
import io.github.llmbudget.report.RunId;
import io.github.llmbudget.report.UsageReport;
import io.github.llmbudget.report.WriteTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import org.junit.platform.launcher.TestPlan;

/** The report on the run that a plan is a part of. */
final class PlanReport {

    private static final String PREFIX = "llmbudget.";
    private static final String ENVIRONMENT_PREFIX = "LLMBUDGET_";

    /** Whoever registers a listener by hand has that of the session too. */
    private static final Set<TestPlan> CHECKED = plans();

    private static final Set<TestPlan> WRITTEN = plans();

    private PlanReport() {}

    private static Set<TestPlan> plans() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    }

    /** Warns of settings that do not exist. Most suites have none, and are not kept waiting for a list of all that do. */
    static void checkSettings(TestPlan plan) {
        if (!CHECKED.add(plan)) {
            return;
        }
        Set<String> keys = new TreeSet<>();
        addThoseWith(PREFIX, System.getProperties().stringPropertyNames(), keys);
        addThoseWith(PREFIX, plan.getConfigurationParameters().keySet(), keys);
        if (!keys.isEmpty()) {
            checkNames(keys, Configuration.KEYS);
        }
        Set<String> variables = new LinkedHashSet<>();
        addThoseWith(ENVIRONMENT_PREFIX, System.getenv().keySet(), variables);
        if (!variables.isEmpty()) {
            checkNames(
                    variables,
                    Configuration.KEYS.stream()
                            .map(Configuration::environmentVariable)
                            .toList());
        }
    }

    private static void addThoseWith(String prefix, Collection<String> names, Set<String> found) {
        for (String name : names) {
            if (name.startsWith(prefix)) {
                found.add(name);
            }
        }
    }

    private static void checkNames(Collection<String> names, List<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                warn("There is no setting " + name + ". Did you mean "
                        + NearestNames.of(name, known, 1).get(0) + "?");
            }
        }
    }

    /** Writes the report once, whatever there is to report; it never changes the verdict of the tests. */
    static void write(TestPlan plan) {
        if (!WRITTEN.add(plan)) {
            return;
        }
        Configuration configuration = Configuration.of(plan.getConfigurationParameters()::get);
        try {
            if (configuration.flag(Configuration.ENABLED, true)) {
                write(configuration, ReportDirectory.of(configuration));
            }
        } catch (ConfigurationException e) {
            warn("The report of LLM usage could not be written: " + e.getMessage());
        } catch (RuntimeException e) {
            // Whatever it is, whoever runs the tests must not hear of it as a failure of theirs.
            log().log(System.Logger.Level.WARNING, "The report of LLM usage could not be written", e);
        }
    }

    private static void write(Configuration configuration, Path directory) {
        if (!Journals.exist(directory)) {
            return;
        }
        RunId run = RunId.of(configuration);
        List<ReportWriter> writers = ReportWriters.of(configuration);
        try {
            JournalLock.holdReport(directory, () -> {
                JournaledRun journaled = Journals.ofRun(directory, run);
                if (!journaled.tests().isEmpty()) {
                    ReportWriters.write(UsageReport.of(journaled), writers, directory);
                }
            });
        } catch (IOException e) {
            WriteTrouble.tell(directory, e);
        }
    }

    private static void warn(String message) {
        log().log(System.Logger.Level.WARNING, message);
    }

    /** Looked up when something is to be said: loggers take their time, in suites without LLM tests too. */
    private static System.Logger log() {
        return System.getLogger(PlanReport.class.getName());
    }
}
