package io.github.llmbudget.comparison;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.report.Journals;
import io.github.llmbudget.report.ReportWriters;
import io.github.llmbudget.report.ReportedTests;
import io.github.llmbudget.report.RunId;
import io.github.llmbudget.report.RunJournal;
import io.github.llmbudget.report.UsageReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Writes a journal and makes all reports of it. Takes the number of tests. */
final class ReportMain {

    private static final RunId RUN = new RunId("comparison");

    private ReportMain() {}

    public static void main(String[] args) throws Exception {
        int tests = Integer.parseInt(args[0]);
        Configuration defaults = Configuration.of(key -> Optional.empty());
        Child.repeat(() -> {
            Path directory = Files.createTempDirectory(Path.of(""), "report");
            try (RunJournal journal = RunJournal.open(directory, RUN)) {
                for (int number = 0; number < tests; number++) {
                    journal.append(ReportedTests.test(number), ReportedTests.PRICES.basis());
                }
            }
            UsageReport report = UsageReport.of(Journals.ofRun(directory, RUN));
            ReportWriters.write(report, ReportWriters.of(defaults), directory);
            return Map.of();
        });
    }
}
