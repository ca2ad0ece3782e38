package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.testing.JupiterRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTests {

    @Test
    void givesEachCallToItsOwnTestAndLosesNone(@TempDir Path directory) throws Exception {
        assertThat(failures(new JupiterRun(directory).inParallel().execute(ParallelTestCases.class)))
                .isEmpty();

        try (var journal = Files.list(directory.resolve("journal"))) {
            assertThat(Files.readAllLines(journal.findFirst().orElseThrow()))
                    .filteredOn(line -> line.startsWith("{\"test\""))
                    .hasSize(64);
        }
    }
}
