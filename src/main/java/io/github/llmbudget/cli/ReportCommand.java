package io.github.llmbudget.cli;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.report.JournaledRun;
import io.github.llmbudget.report.Journals;
import io.github.llmbudget.report.ReportWriter;
import io.github.llmbudget.report.ReportWriters;
import io.github.llmbudget.report.UsageReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes reports of the journals that test runs left. */
@Command(
        name = "report",
        description = "Makes reports of the journals that test runs left.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ReportCommand {

    private final PrintWriter err;

    ReportCommand(PrintWriter err) {
        this.err = err;
    }

    @Command(
            name = "merge",
            description =
                    "Makes one report of the latest run in each of a number of report directories, such as those of"
                            + " modules, or of the shards of a suite.",
            versionProvider = Main.Version.class,
            mixinStandardHelpOptions = true)
    int merge(
            @Parameters(
                            arity = "1..*",
                            paramLabel = "DIR",
                            description = "A report directory such as target/llm-budget, or one above some of them.")
                    List<Path> directories,
            @Option(
                            names = {"-o", "--output"},
                            required = true,
                            paramLabel = "OUT",
                            description = "The directory that the report is written to.")
                    Path output,
            @Option(
                            names = "--formats",
                            paramLabel = "IDS",
                            description = "Which reports are written, such as html,json. Default: all.")
                    @Nullable
                    String formats,
            @Option(
                            names = "--check",
                            description = "Exit with 1 if something is over its budget, or missing in the report.")
                    boolean check)
            throws IOException {
        Configuration configuration = Configuration.of(key -> Optional.empty());
        Optional<String> chosen =
                Optional.ofNullable(formats).or(() -> configuration.text(Configuration.REPORT_FORMATS));
        List<ReportWriter> writers = ReportWriters.of(configuration, chosen);
        JournaledRun run = Journals.ofLatestRuns(directories, err::println);
        run.missing().forEach(err::println);
        UsageReport report = UsageReport.of(run);
        Files.createDirectories(output);
        List<ReportWriter> failed = new ArrayList<>();
        ReportWriters.write(report, writers, output, (writer, thrown) -> {
            err.println("The format " + writer.id() + " was not written: " + Main.problem(thrown));
            failed.add(writer);
        });
        if (!failed.isEmpty()) {
            return Main.WRONG;
        }
        boolean isFine = run.missing().isEmpty() && report.overBudget() == 0;
        return check && !isFine ? Main.DIFFERENT : Main.FINE;
    }
}
