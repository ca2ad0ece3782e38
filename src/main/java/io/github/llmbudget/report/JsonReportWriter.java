package io.github.llmbudget.report;

import io.github.llmbudget.wire.JsonOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apiguardian.api.API;

/**
 * Writes {@code report.json}, the whole report for programs.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class JsonReportWriter implements ReportWriter {

    private static final int AT_A_TIME = 1 << 16;

    /** Creates the writer; found through its services file. */
    public JsonReportWriter() {}

    @Override
    public String id() {
        return "json";
    }

    @Override
    public void write(UsageReport report, Path directory) throws IOException {
        try (JsonOut out = new JsonOut(Files.newOutputStream(directory.resolve("report.json")), AT_A_TIME)) {
            new ReportDocument(report).writeTo(out);
        }
    }
}
