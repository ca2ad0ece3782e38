package demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs last, and holds the other runs to what they had to do and to report. */
class WhatTheyLeftTests {

    @Test
    void isOfTheJUnitThatWasAskedFor() {
        assertThat(junit()).isEqualTo(System.getProperty("junit.version"));
    }

    @ParameterizedTest
    @CsvSource({"concurrently, 19, 1, true", "in-forks, 18, 2, false"})
    void isTheSameForEachRun(String run, int tests, int jvms, boolean together) throws IOException {
        Path directory = Path.of("target", run);
        Report report = new Report(directory);

        assertThat(report.tests())
                .containsExactlyInAnyOrder(
                        "CrowdTests.keepsItsOwnCalls[1] PASSED, calls 1, 1 of @MaxCalls(4)",
                        "CrowdTests.keepsItsOwnCalls[2] PASSED, calls 2, 2 of @MaxCalls(4)",
                        "CrowdTests.keepsItsOwnCalls[3] PASSED, calls 3, 3 of @MaxCalls(4)",
                        "CrowdTests.keepsItsOwnCalls[4] PASSED, calls 4, 4 of @MaxCalls(4)",
                        "FlakyTests.passesAtLast PASSED, calls 1, 1 of @MaxCalls(1)",
                        "LimitsTests (class) PASSED, calls 0, 4 of @MaxCalls(value = 4, per = CLASS)",
                        "LimitsTests.InNestedClasses.addUp PASSED, calls 1, 0.0000021 of @MaxCost(0.001), 1 of @MaxCalls(1), 11 of @MaxTokens(11)",
                        "LimitsTests.holdForTheMethod PASSED, calls 1, 0.0000021 of @MaxCost(0.0001), 11 of @MaxTokens(11)",
                        "LimitsTests.ofTheMethodReplaceThoseOfTheClass PASSED, calls 2, 22 of @MaxTokens(22)",
                        "ParametersTests (class) PASSED, calls 1",
                        "ParametersTests.reachTheTest PASSED, calls 3",
                        "TemplatesTests.made PASSED, calls 2, 2 of @MaxCalls(3)",
                        "TemplatesTests.parameterized[1] PASSED, calls 1, 1 of @MaxCalls(1)",
                        "TemplatesTests.parameterized[2] PASSED, calls 1, 1 of @MaxCalls(1)",
                        "TemplatesTests.repeated[1] PASSED, calls 1, 1 of @MaxCalls(1)",
                        "TemplatesTests.repeated[2] PASSED, calls 1, 1 of @MaxCalls(1)",
                        "TemplatesTests.templated[1] PASSED, calls 1, 1 of @MaxCalls(1)",
                        "TemplatesTests.templated[2] PASSED, calls 1, 1 of @MaxCalls(1)");
        assertThat(report.json().getAsJsonArray("jvms")).hasSize(jvms);
        assertThat(report.json().getAsJsonArray("missing")).isEmpty();
        assertThat(report.json().getAsJsonObject("earlierAttempts").get("calls").getAsInt())
                .isEqualTo(1);
        assertThat(testsOfSurefire(directory)).isEqualTo(tests);
        assertThat(report.anyOverlap("demo.CrowdTests")).isEqualTo(together);
    }

    @AfterAll
    static void sayWhatRan() throws IOException {
        Files.writeString(
                Path.of("target", "ran.txt"), junit() + " " + Runtime.version().feature());
    }

    private static String junit() {
        return Test.class.getPackage().getImplementationVersion();
    }

    private static int testsOfSurefire(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("surefire"))) {
            return (int) files.filter(file -> file.toString().endsWith(".xml"))
                    .flatMap(WhatTheyLeftTests::lines)
                    .filter(line -> line.contains("<testcase "))
                    .count();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
