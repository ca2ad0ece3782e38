package io.github.llmbudget.report;

import io.github.llmbudget.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apiguardian.api.API;

/**
 * Finds where the report goes.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ReportDirectory {

    private ReportDirectory() {}

    /**
     * Returns the configured directory, or the usual place of the build tool.
     *
     * @param configuration the configuration
     * @return the directory, relative to the working directory where that is its place; it need not exist
     */
    public static Path of(Configuration configuration) {
        return configuration.path(Configuration.REPORT_DIR).orElseGet(ReportDirectory::usual);
    }

    private static Path usual() {
        boolean gradle = Files.exists(Path.of("build.gradle")) || Files.exists(Path.of("build.gradle.kts"));
        return gradle && !Files.exists(Path.of("pom.xml"))
                ? Path.of("build", "reports", "llm-budget")
                : Path.of("target", "llm-budget");
    }
}
