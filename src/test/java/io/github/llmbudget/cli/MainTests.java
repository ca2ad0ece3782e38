package io.github.llmbudget.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.price.PriceList;
import io.github.llmbudget.price.PriceRow;
import io.github.llmbudget.testing.Golden;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTests {

    private static final String CATALOGUE = "src/test/resources/prices/litellm.json";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void writesWhatItImportsAndSaysWhatItLeavesOut() throws IOException {
        Path list = directory.resolve("llm-prices-imported.csv");

        assertThat(run("prices", "import", "--from", CATALOGUE, "--as-of", "2026-09-23", "-o", list.toString()))
                .isZero();
        assertThat(PriceList.read(list).models()).contains("gpt-9", "grok-9");
        assertThat(Files.readString(list))
                .startsWith("# as-of: 2026-09-23\n# Imported from LiteLLM: litellm.json, sha-256 ");
        assertThat(err.toString()).contains("no-price: has no price that a list can hold, and is left out");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void printsWhatItImportsUnlessItIsToldAFile() {
        assertThat(run("prices", "import", "--from", CATALOGUE, "--provider", "xai"))
                .isZero();
        assertThat(out.toString()).endsWith("xai,grok-9,output,1000000,15,,,,,,,,,LiteLLM,\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsWhereListsDisagree() throws IOException {
        Path list = Files.writeString(
                directory.resolve("theirs.csv"),
                "provider,model,component,price\nopenai,gpt-4o,input,2.50\nopenai,gpt-4o,output,15\n");

        assertThat(run("prices", "check", list.toString())).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("openai gpt-4o output: $10.00 and $15.00 (+50%)\n1 in disagreement\n");
        assertThat(run("prices", "check", list.toString(), "--against", list.toString()))
                .isZero();
        assertThat(out.toString()).endsWith("no disagreement\n");
    }

    @Test
    void showsThePricesOfAModel() {
        assertThat(run("prices", "show", "gpt-3.5-turbo-instruct")).isZero();
        List<PriceRow> shown = PriceList.parse("shown", out.toString()).rowsOf("gpt-3.5-turbo-instruct");
        assertThat(shown)
                .extracting(PriceRow::toLine)
                .containsAll(PriceList.builtIn().rowsOf("gpt-3.5-turbo-instruct").stream()
                        .map(PriceRow::toLine)
                        .toList());
        assertThat(run("prices", "show", "gpt-4o", "--provider", "anthropic")).isEqualTo(1);
        assertThat(run("prices", "show", "gpt-4p", "--as-of", "2026-11-10")).isEqualTo(1);
        assertThat(err.toString())
                .contains("gpt-4p has no price on 2026-11-10. Nearest known names: gpt-4, gpt-4o, gpt-4.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prices import --from missing.json",
                "prices check missing.csv",
                "prices show",
                "prices bake",
                "report",
                "report merge -o x",
                "report merge x",
                ""
            })
    void saysInALineWhatCannotBeDone(String command) {
        assertThat(run(command.isEmpty() ? new String[0] : command.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotEmpty().doesNotContain("	at ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("llm-budget-junit ");
    }

    @Test
    void explainsItself() {
        assertThat(run("prices", "import", "--help")).isZero();
        Golden.assertMatches(
                out.toString().lines().map(String::stripTrailing).reduce("", (text, line) -> text + line + "\n"),
                "cli-prices-import.txt");
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
