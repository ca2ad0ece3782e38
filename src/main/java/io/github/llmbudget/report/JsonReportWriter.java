package io.github.llmbudget.report;

import java.io.IOException;
import java.io.Writer;
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

    /** Creates the writer; found through its services file. */
    public JsonReportWriter() {}

    @Override
    public String id() {
        return "json";
    }

    @Override
    public void write(UsageReport report, Path directory) throws IOException {
        try (Writer text = Files.newBufferedWriter(directory.resolve("report.json"))) {
            new ReportDocument(report).writeTo(text);
        }
    }
}
