package io.github.llmbudget.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.testing.Warnings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The listener in the real launcher, found as JUnit finds it. */
class UsageReportListenerTests {

    @TempDir
    private Path directory;

    @Test
    void writesTheReportOfARun() throws IOException {
        String printed = run(ShoppingTestCases.class, Map.of());

        JsonObject report = JsonParser.parseString(Files.readString(directory.resolve("report.json")))
                .getAsJsonObject();
        assertThat(report.get("version").getAsString()).isEqualTo("3.0");
        assertThat(report.getAsJsonArray("tests")).hasSize(2);
        assertThat(report.getAsJsonObject("totals").get("calls").getAsInt()).isEqualTo(3);
        assertThat(report.getAsJsonObject("totals")
                        .getAsJsonObject("listCost")
                        .get("usd")
                        .getAsString())
                .isEqualTo("0.0018");
        assertThat(directory.resolve("summary.md")).content().contains("1 over budget", "ShoppingTestCases.buysTwo");
        assertThat(printed)
                .contains("LLM budget: 2 tests, 3 LLM calls, 1 over budget: $0.00180 by list price, $0.00 really spent")
                .containsPattern("ShoppingTestCases\\.buysTwo +2 +200 +- +70 +\\$0\\.00120 +1 call +200%")
                .containsPattern("ShoppingTestCases\\.buysOne +1 +100 +- +35 +\\$0\\.00060 +\\$0\\.0006 +100%")
                .doesNotContain("looksAround");
    }

    @Test
    void writesOnlyTheFormatsThatAreAskedFor() {
        String printed = run(ShoppingTestCases.class, Map.of(Configuration.REPORT_FORMATS, "json"));

        assertThat(printed).isEmpty();
        assertThat(directory.resolve("report.json")).exists();
        assertThat(directory.resolve("summary.md")).doesNotExist();
    }

    @Test
    void saysNothingAboutASuiteWithoutCalls() {
        assertThat(run(IdleTestCases.class, Map.of())).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void notesThatALaterPlanBeginsThoughItMakesNoCalls() throws IOException {
        run(ShoppingTestCases.class, Map.of());
        run(selectMethod(ShoppingTestCases.class, "looksAround"), Map.of());

        try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
            Path journal = files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readAllLines(journal))
                    .extracting(line -> line.substring(0, line.indexOf(':')))
                    .endsWith("{\"ended\"", "{\"jvm\"", "{\"ended\"");
        }
    }

    @Test
    void saysNothingWhenSwitchedOff() {
        assertThat(run(ShoppingTestCases.class, Map.of(Configuration.ENABLED, "false")))
                .isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void warnsOfASettingThatDoesNotExist() {
        List<String> warnings =
                Warnings.during(() -> run(IdleTestCases.class, Map.of("llmbudget.default.max-costs", "1")));

        assertThat(warnings)
                .containsExactly("There is no setting llmbudget.default.max-costs. Did you mean"
                        + " llmbudget.default.max-cost?");
    }

    @Test
    void warnsOfAFormatThatDoesNotExistAndLeavesTheVerdictAlone() {
        List<String> warnings =
                Warnings.during(() -> run(ShoppingTestCases.class, Map.of(Configuration.REPORT_FORMATS, "pdf")));

        assertThat(warnings)
                .singleElement()
                .asString()
                .endsWith(
                        "llmbudget.report.formats names 'pdf', but the formats are console, html, json, junit, markdown.");
    }

    @Test
    void leavesTheVerdictAloneWhateverGoesWrong() throws IOException {
        Path lock = Files.createDirectory(directory.resolve("journal")).resolve("report.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // Nobody else in this JVM can take it, or wait for it.

            List<String> warnings = Warnings.during(() -> run(IdleTestCases.class, Map.of()));

            assertThat(warnings).containsExactly("The report of LLM usage could not be written");
        }
    }

    @Test
    void warnsOnceOfADirectoryThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        List<String> warnings =
                Warnings.during(() -> run(ShoppingTestCases.class, Map.of(Configuration.REPORT_DIR, file.toString())));

        assertThat(warnings).singleElement().asString().contains("cannot be written to " + file);
    }

    private String run(Class<?> testCase, Map<String, String> more) {
        return run(selectClass(testCase), more);
    }

    private String run(DiscoverySelector tests, Map<String, String> more) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests)
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .configurationParameter(Configuration.REPORT_DIR, directory.toString())
                .configurationParameters(more)
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new UsageReportListener())
                .build();
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create(config).execute(request);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
