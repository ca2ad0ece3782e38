package io.github.llmbudget.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A JVM whose files may not grow, as on a disk that is full. */
public final class SmallDisk {

    private SmallDisk() {}

    /**
     * Runs a main class, which must end well.
     *
     * @param limit the limit as {@code ulimit} takes it, such as {@code -f 8} for eight blocks
     * @param main the class
     * @param directory its only argument
     * @return the process, and what it printed
     */
    public static Ended run(String limit, Class<?> main, Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit " + limit + "; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData", // is a file
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return new Ended(process.pid(), output);
    }

    /** A JVM that has ended. */
    public record Ended(long pid, String output) {}
}
