package io.github.llmbudget.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apiguardian.api.API;

/**
 * Writes {@code junit-llm-budget.xml}, which build servers read as they read the results of tests: a suite for each class, a
 * test case for each test, its figures as properties.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class JUnitXmlReportWriter implements ReportWriter {

    /** Creates the writer; found through its services file. */
    public JUnitXmlReportWriter() {}

    @Override
    public String id() {
        return "junit";
    }

    @Override
    public void write(UsageReport report, Path directory) throws IOException {
        try (Writer file = Files.newBufferedWriter(directory.resolve("junit-llm-budget.xml"))) {
            // Not what a test may have on its class path.
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(file);
            new JUnitXml(xml).write(report);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }
}
