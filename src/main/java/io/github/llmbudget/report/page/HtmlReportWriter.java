package io.github.llmbudget.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateException;
import gg.jte.output.WriterOutput;
import io.github.llmbudget.report.ReportWriter;
import io.github.llmbudget.report.UsageReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apiguardian.api.API;

/**
 * Writes {@code index.html}, for a browser: an overview of the run and a page for each test, in one file that asks no
 * network for anything.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class HtmlReportWriter implements ReportWriter {

    /** The name of the format: {@value}. */
    public static final String ID = "html";

    /** The name of the file: {@value}. */
    public static final String FILE = "index.html";

    private static final int BUFFER = 1 << 16;

    /** Creates the writer; found through its services file. */
    public HtmlReportWriter() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void write(UsageReport report, Path directory) throws IOException {
        TemplateEngine templates = TemplateEngine.createPrecompiled(
                null,
                ContentType.Html,
                HtmlReportWriter.class.getClassLoader(),
                HtmlReportWriter.class.getPackageName());
        Page page = new PageBuilder(report).build();
        Path file = directory.resolve(FILE);
        try (Writer out = new VisibleControls(
                new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(file), UTF_8), BUFFER))) {
            templates.render("index.jte", page, new WriterOutput(out));
        } catch (TemplateException e) {
            throw new IOException("Cannot write " + file, e);
        }
    }
}
