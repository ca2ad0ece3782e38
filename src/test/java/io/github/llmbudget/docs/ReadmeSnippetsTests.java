package io.github.llmbudget.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the examples of README and guide to the samples, which are compiled and run. */
class ReadmeSnippetsTests {

    private static final Pattern REGION = Pattern.compile("(?s)// tag::([\\w-]+)\\[]\\R(.*?)// end::\\1\\[]");

    private static final List<String> REGIONS = Repository.sampleFiles(".java").stream()
            .map(Repository::text)
            .flatMap(source -> REGION.matcher(source).results())
            .map(region -> Repository.normalised(region.group(2)))
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "src/site/markdown/guide.md"})
    void showsOnlyJavaThatASampleRuns(Path document) {
        List<String> blocks = Repository.blocks(document, "java");

        assertThat(blocks).isNotEmpty();
        assertThat(blocks)
                .as("the Java blocks of %s that are no tagged region of a sample", document)
                .filteredOn(block -> !REGIONS.contains(Repository.normalised(block)))
                .isEmpty();
    }

    @Test
    void showsInTheReadmeOfASampleOnlyJavaOfThatSample() {
        assertThat(Repository.sampleFiles("README.md")).isNotEmpty().allSatisfy(readme -> {
            String sources = Repository.sampleFiles(".java").stream()
                    .filter(source -> source.startsWith(readme.getParent()))
                    .map(Repository::text)
                    .map(Repository::normalised)
                    .collect(Collectors.joining());
            assertThat(Repository.blocks(readme, "java"))
                    .map(Repository::normalised)
                    .allSatisfy(block -> assertThat(sources).contains(block));
        });
    }

    @Test
    void showsOnlyPriceListsThatASampleUses() {
        List<String> lists = Repository.sampleFiles(".csv").stream()
                .map(Repository::text)
                .map(Repository::normalised)
                .toList();

        assertThat(Repository.blocks(Repository.GUIDE, "csv"))
                .isNotEmpty()
                .map(Repository::normalised)
                .allSatisfy(block -> assertThat(lists).contains(block));
    }

    @Test
    void leavesNoRegionUnquoted() {
        String quoted = Repository.normalised(Repository.text(Repository.README) + Repository.text(Repository.GUIDE));

        assertThat(REGIONS).isNotEmpty();
        assertThat(REGIONS)
                .as("the tagged regions that neither README nor guide quotes")
                .filteredOn(region -> !quoted.contains(region))
                .isEmpty();
    }

    @Test
    void givesExactlyTwoCommands() {
        assertThat(Repository.blocks(Repository.README, "sh"))
                .flatMap(block -> block.lines().toList())
                .containsExactly("mvn -B -ntp -Pquickstart verify", "mvn -B verify");
    }

    @Test
    void fencesNoOtherLanguagesInTheReadme() {
        assertThat(Repository.all("(?m)^```(\\w+)$", Repository.text(Repository.README)))
                .containsOnly("text", "xml", "java", "sh");
    }

    @Test
    void testsWithTheCommandOfTheReadme() {
        assertThat(Repository.text(Path.of(".ci/run")).lines()).last().isEqualTo("mvn -B verify");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "samples/quickstart/README.md",
                "samples/okhttp/README.md",
                "samples/junit-6/README.md",
                "samples/kotlin/README.md"
            })
    void namesTheVersionOfThisBuild(Path document) {
        String version = Repository.all("<version>(.*?)</version>", Repository.text(Path.of("pom.xml")))
                .get(0);

        assertThat(Repository.blocks(document, "xml"))
                .singleElement()
                .asString()
                .contains("<version>" + version + "</version>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "src/site/markdown/index.md",
                "src/site/markdown/guide.md",
                "src/site/markdown/benchmarks.md",
                "src/site/markdown/changelog.md"
            })
    void linksToFilesThatExist(Path document) {
        Path directory = document.toAbsolutePath().getParent();

        assertThat(Repository.all("\\]\\((?!https?:)([^)#]+)\\)", Repository.text(document)))
                .allSatisfy(link -> assertThat(directory.resolve(link)).exists());
    }
}
