package demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdeRunTests {

    @Test
    void failsTheOneTestThatIsOverItsBudget(@TempDir Path directory) throws IOException, InterruptedException {
        Process ide = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dllmbudget.report.dir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdeRun.class.getName())
                .redirectErrorStream(true)
                .start();
        String console = new String(ide.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(ide.waitFor()).as(console).isEqualTo(1);
        assertThat(console)
                .contains("run: 3")
                .contains("BudgetExceededError: LLM budget exceeded: calls 2 > 1")
                .contains("LLM budget: 3 tests, 4 LLM calls, 1 over budget")
                .contains(directory.resolve("index.html").toString());
        assertThat(new Report(directory).tests())
                .containsExactlyInAnyOrder(
                        "IdeTestCases.asksOnce PASSED, calls 1, 1 of @MaxCalls(1)",
                        "IdeTestCases.asksTwice OVER_BUDGET, calls 2, 2 of @MaxCalls(1)",
                        "LimitsTests (class) PASSED, calls 0, 1 of @MaxCalls(value = 4, per = CLASS)",
                        "LimitsTests.holdForTheMethod PASSED, calls 1, 0.0000021 of @MaxCost(0.0001), 11 of @MaxTokens(11)");
    }
}
