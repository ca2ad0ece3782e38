package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.JupiterRun;
import io.github.llmbudget.testing.ScriptedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed within a test has called a service all the same. */
class FirstCallTests {

    @TempDir
    private Path directory;

    @Test
    void notesInTheJournalThatATestMakesCallsBeforeItsUsage() throws IOException {
        assertThat(noted("true")).hasSize(1);
    }

    @Test
    void notesNothingWhereNothingIsReported() throws IOException {
        assertThat(noted("false")).isEmpty();
    }

    private List<String> noted(String enabled) throws IOException {
        try (ScriptedService service = new ScriptedService()) {
            service.script().otherwise(Reply.text("In five days."));
            assertThat(failures(new JupiterRun(directory)
                            .with(Configuration.ENABLED, enabled)
                            .with(Configuration.MODE, "live")
                            .with(Configuration.UPSTREAM, service.baseUrl())
                            .with(Configuration.API_KEY_ENV, "UPSTREAM_TEST_KEY")
                            .execute(PromptTestCases.AskingTwice.class)))
                    .isEmpty();
            assertThat(service.calls()).hasSize(2);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                return Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("{\"began\""))
                        .toList();
            }
        }
        return List.of();
    }
}
