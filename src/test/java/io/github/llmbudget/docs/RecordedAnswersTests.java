package io.github.llmbudget.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the list of sources to the recorded answers that are there: their licences ask for it. */
class RecordedAnswersTests {

    private static final Path TRAFFIC = Path.of("src/test/resources/traffic");
    private static final String README = Repository.text(TRAFFIC.resolve("README.md"));

    @Test
    void namesEverySourceWithItsLicenceAndNumber() throws IOException {
        Map<String, Integer> exchangesBySource = new TreeMap<>();
        for (JsonObject exchange : exchanges()) {
            String source = "| " + exchange.get("source_repo").getAsString() + " | "
                    + exchange.get("source_commit").getAsString() + " | "
                    + exchange.get("licence").getAsString() + " | ";
            exchangesBySource.merge(source, 1, Integer::sum);
        }

        List<String> rows = Repository.all("(?m)^(\\| [\\w-]+/[\\w-]+ \\| [0-9a-f]{40} \\|.*)$", README);
        assertThat(rows).hasSameSizeAs(exchangesBySource.keySet());
        exchangesBySource.forEach((source, number) ->
                assertThat(rows).anyMatch(row -> row.startsWith(source) && row.endsWith(" | " + number + " |")));
    }

    @Test
    void saysHowManyThereAre() throws IOException {
        try (Stream<Path> files = files()) {
            assertThat(README).contains(exchanges().size() + " exchanges in " + files.count() + " files");
        }
    }

    private static List<JsonObject> exchanges() throws IOException {
        try (Stream<Path> files = files()) {
            return files.flatMap(file -> Repository.text(file).lines())
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .toList();
        }
    }

    private static Stream<Path> files() throws IOException {
        return Files.list(TRAFFIC).filter(file -> file.toString().endsWith(".jsonl"));
    }
}
