package io.github.llmbudget.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.wire.JsonOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnJournalTests {

    private static final RunId RUN = new RunId("100-1");

    @TempDir
    private Path directory;

    static Stream<UsageReport> reports() {
        return Stream.of(
                Reports.varied(),
                SampleReports.varied(),
                SampleReports.team(),
                SampleReports.unusual(3),
                SampleReports.hostile(HostileTexts.texts().toList()));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void reportsTheSameAsItsFile(UsageReport report) throws IOException {
        write(report.tests());

        String own = document();
        forget();

        assertThat(own).isEqualTo(document());
    }

    @Test
    void keepsToTheFileWhereSomebodyElseWroteIntoIt() throws IOException {
        write(Reports.varied().tests());
        Files.writeString(file(), "{\"ended\":\"2026-11-24T10:00:00Z\"}\nnone\n", StandardOpenOption.APPEND);

        assertThat(Journals.ofRun(directory, RUN).missing())
                .singleElement()
                .asString()
                .contains("is damaged");
    }

    @Test
    void knowsWhatSeveralPlansWrote() throws IOException {
        List<TestUsage> tests = Reports.varied().tests();
        write(tests.subList(0, 1));
        write(tests.subList(1, 3));

        assertThat(OwnJournal.of(file())).isNotNull();
        assertThat(Journals.ofRun(directory, RUN).tests()).hasSize(3);
    }

    private void write(List<TestUsage> tests) throws IOException {
        try (RunJournal journal = RunJournal.open(directory, RUN)) {
            for (TestUsage test : tests) {
                journal.began(test.id(), test.name());
                journal.append(test.after(List.of()), Reports.PRICES);
            }
        }
    }

    private void forget() {
        OwnJournal.begin(directory.resolve("another"));
    }

    private Path file() throws IOException {
        return JournalDirectory.of(directory).filesOf(RUN).get(0);
    }

    private String document() throws IOException {
        JournaledRun run = Journals.ofRun(directory, RUN);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonOut out = new JsonOut(bytes, 1 << 13)) {
            new ReportDocument(new ReportBuilder(run).build(Reports.START)).writeTo(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
