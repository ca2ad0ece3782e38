package io.github.llmbudget.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A JVM whose files may not grow beyond a size takes a part of what it writes, as on a disk that is full. */
@DisabledOnOs(OS.WINDOWS)
class FullDiskTests {

    @TempDir
    private Path directory;

    @Test
    void tellsOnceOfADiskThatIsFullAndJudgesTheTestsAllTheSame() throws Exception {
        List<String> printed = run("1");

        assertThat(printed)
                .contains("2 passed, 1 failed")
                .filteredOn(line -> line.startsWith("WARNING"))
                .singleElement()
                .asString()
                .startsWith("WARNING: The LLM usage of tests cannot be written to " + directory + ", so the report is"
                        + " incomplete or missing. The tests are judged all the same. The cause: ");
    }

    @Test
    void saysNothingOfADiskWithRoom() throws Exception {
        assertThat(run("unlimited"))
                .contains("2 passed, 1 failed")
                .noneMatch(line -> line.startsWith("WARNING"))
                .anyMatch(line -> line.contains("2 tests, 3 LLM calls, 1 over budget"));
    }

    /** Runs tests in a JVM whose files have at most so many blocks. */
    private List<String> run(String blocks) throws IOException, InterruptedException {
        return SmallDisk.run("-f " + blocks, RunsShoppingTests.class, directory)
                .output()
                .lines()
                .toList();
    }
}
