package io.github.llmbudget.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceBasis;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.report.RunId;
import io.github.llmbudget.report.RunJournal;
import io.github.llmbudget.report.TestUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTests {

    private static final PriceCatalog PRICES = PriceCatalog.builtIn();
    private static final PriceBasis BASIS = PRICES.basis();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void makesOneReportOfTheReportDirectoriesOfShards() throws IOException {
        journal("one", TestUsage.Outcome.PASSED).close();
        journal("two", TestUsage.Outcome.PASSED).close();

        assertThat(merge("one", "two")).isZero();
        assertThat(report().getAsJsonArray("tests")).hasSize(2);
        assertThat(report().getAsJsonObject("totals").get("calls").getAsInt()).isEqualTo(2);
        assertThat(report().getAsJsonArray("jvms")).hasSize(2);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void findsReportDirectoriesBelowADirectory() throws IOException {
        journal("a/target/llm-budget", TestUsage.Outcome.PASSED).close();
        journal("b/target/llm-budget", TestUsage.Outcome.PASSED).close();

        assertThat(merge(".")).isZero();
        assertThat(report().getAsJsonArray("tests")).hasSize(2);
    }

    @Test
    void failsABuildOverWhatIsOverBudgetOnlyWhenAskedTo() throws IOException {
        journal("one", TestUsage.Outcome.OVER_BUDGET).close();

        assertThat(merge("one")).isZero();
        assertThat(merge("one", "--check")).isEqualTo(1);
    }

    @Test
    void tellsWhatIsMissing() throws IOException {
        journal("one", TestUsage.Outcome.PASSED).close();
        try (RunJournal open = journal("two", TestUsage.Outcome.PASSED)) {
            open.began("[late]", "LateTest.late");

            assertThat(merge("one", "two", "--check")).isEqualTo(1);
        }
        assertThat(err.toString()).contains("JVM " + ProcessHandle.current().pid() + " still runs tests");
        assertThat(report().getAsJsonArray("missing")).hasSize(1);
    }

    @Test
    void saysWhichDirectoryHasNoJournal() throws IOException {
        Files.createDirectories(directory.resolve("empty"));

        assertThat(merge("empty")).isEqualTo(2);
        assertThat(err.toString()).contains("empty: there is no journal of a test run in it");
        assertThat(merge("nowhere")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no " + directory.resolve("nowhere"));
        assertThat(directory.resolve("merged")).doesNotExist();
    }

    @Test
    void saysWhatIsInTheWay() throws IOException {
        journal("one", TestUsage.Outcome.PASSED).close();
        Files.createFile(directory.resolve("merged"));

        assertThat(merge("one", "--check")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        directory.resolve("merged") + " is a file, where a directory is needed\n");
    }

    @Test
    void writesTheOtherFormatsWhereOneCannotBeWritten() throws IOException {
        journal("one", TestUsage.Outcome.PASSED).close();
        Files.createDirectories(directory.resolve("merged/index.html/full"));

        assertThat(merge("one")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("The format html was not written: ")
                .contains("index.html");
        assertThat(report().getAsJsonArray("tests")).hasSize(1);
    }

    private int merge(String... arguments) {
        List<String> line = new ArrayList<>(List.of("report", "merge", "--formats", "html,json"));
        for (String argument : arguments) {
            line.add(
                    argument.startsWith("-")
                            ? argument
                            : directory.resolve(argument).toString());
        }
        line.addAll(List.of("-o", directory.resolve("merged").toString()));
        return Main.run(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
    }

    private JsonObject report() throws IOException {
        return JsonParser.parseString(Files.readString(directory.resolve("merged/report.json")))
                .getAsJsonObject();
    }

    /** Writes the journal of a run with one test, named like the directory. */
    private RunJournal journal(String name, TestUsage.Outcome outcome) throws IOException {
        LlmCall call = LlmCall.of(Operation.CHAT, "gpt-4o")
                .tokens(TokenCounts.of(100, 10), CountSource.REPORTED)
                .build();
        RunJournal journal = RunJournal.open(directory.resolve(name), new RunId(name.replace('/', '-')));
        journal.append(
                new TestUsage(
                        TestUsage.Kind.TEST,
                        "[" + name + "]",
                        "shop.BotTest",
                        "BotTest." + name,
                        outcome,
                        Instant.now(),
                        Instant.now(),
                        List.of(new CallUsage(call, PRICES.costOf(call))),
                        List.of()),
                BASIS);
        return journal;
    }
}
