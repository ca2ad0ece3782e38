package io.github.llmbudget.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

class ReportWritersTests {

    @Test
    void findsTheWritersThatAreAskedForAndPrintsLast() {
        assertThat(ReportWriters.of(configured("")))
                .extracting(ReportWriter::id)
                .containsExactly("html", "json", "junit", "markdown", "console");
        assertThat(ReportWriters.of(configured("console, markdown, json, markdown")))
                .extracting(ReportWriter::id)
                .containsExactly("markdown", "json", "console");
        assertThat(ReportWriters.of(configured("console"), Optional.of("json")))
                .extracting(ReportWriter::id)
                .containsExactly("json");
    }

    @Test
    void refusesAFormatThatDoesNotExist() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ReportWriters.of(configured("json,pdf")))
                .withMessage(
                        "llmbudget.report.formats names 'pdf', but the formats are console, html, json, junit, markdown.");
    }

    @Test
    void refusesTwoWritersWithOneId() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ReportWriters.byId(List.of(new JsonReportWriter(), new OtherJson())))
                .withMessage("Two report writers have the id 'json': " + JsonReportWriter.class.getName() + " and "
                        + OtherJson.class.getName() + ".");
    }

    @Test
    void saysWhichWriterCannotBeLoaded() {
        Iterable<ReportWriter> broken = () -> {
            throw new ServiceConfigurationError("demo.Broken not found");
        };

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ReportWriters.byId(broken))
                .withMessage("A report writer cannot be loaded: demo.Broken not found");
    }

    private static Configuration configured(String formats) {
        return Configuration.of(
                key -> key.equals(Configuration.REPORT_FORMATS) ? Optional.of(formats) : Optional.empty());
    }

    private static final class OtherJson implements ReportWriter {

        @Override
        public String id() {
            return "json";
        }

        @Override
        public void write(UsageReport report, Path directory) {}
    }
}
