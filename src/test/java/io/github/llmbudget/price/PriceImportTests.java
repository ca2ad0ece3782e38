package io.github.llmbudget.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceImportTests {

    private static final LocalDate DAY = LocalDate.of(2026, 9, 23);
    private static final Path PRICES = Path.of("src", "test", "resources", "prices");

    @TempDir
    private Path directory;

    @Nested
    class OfLiteLlm {

        private final ImportedPrices imported =
                PriceImport.of(PRICES.resolve("litellm.json")).asOf(DAY).read();

        @Test
        void makesAListThatCanBeRead() {
            PriceList list = PriceList.parse("imported", imported.list());

            assertThat(list.asOf()).isEqualTo(DAY);
            Golden.assertMatches(imported.list(), "import-litellm.csv");
        }

        @Test
        void saysWhatIsLeftOutOrMended() {
            Golden.assertMatches(String.join("\n", imported.remarks()), "import-litellm-remarks.txt");
        }

        @Test
        void readsNumbersAsTextAndTakesTheNoiseOut() {
            assertThat(imported.list())
                    .contains("openai,gpt-9-odd,input,1000000,2.99999,")
                    .doesNotContain("0000000002");
        }

        @Test
        void dropsARateOutOfAllProportion() {
            assertThat(imported.remarks())
                    .contains(
                            "gpt-9-nano: input at priority costs $2.50 per 1M, over ten times as much as the usual $0.05 per"
                                    + " 1M, and is left out");
        }

        @Test
        void dropsACacheThatCostsMoreThanNone() {
            assertThat(imported.remarks())
                    .contains(
                            "gpt-9-odd: cached input costs $5.00 per 1M, more than the $2.99999 per 1M without a cache, and"
                                    + " is left out");
        }

        @Test
        void takesZeroForAHoleUnlessTheModelIsSaidToBeFree() {
            assertThat(imported.list()).doesNotContain("llama9").doesNotContain("hole");
            assertThat(PriceImport.of(PRICES.resolve("litellm.json"))
                            .free(List.of("Ollama/llama9"))
                            .read()
                            .list())
                    .contains("ollama,llama9,input,1000000,0,")
                    .doesNotContain("hole");
        }

        @Test
        void keepsThePriceOfAMinuteWhereASecondHasNoFiniteDecimals() {
            assertThat(imported.list()).contains("openai,gpt-9-whisper,second,60,0.017,");
        }

        @Test
        void pricesAsItSays() {
            PriceCatalog prices = PriceCatalog.builder()
                    .list(PriceList.parse("imported", imported.list()))
                    .build();

            assertThat(prices.costOf(PriceCalls.call("gpt-9", 272_000, 0)).usd())
                    .isEqualByComparingTo("0.544");
            assertThat(prices.costOf(PriceCalls.call("gpt-9", 272_001, 0)).usd())
                    .isEqualByComparingTo("1.088004");
            assertThat(prices.costOf(PriceCalls.call("grok-9", 128_000, 0)).usd())
                    .isEqualByComparingTo("0.768");
        }
    }

    @Nested
    class OfGenAiPrices {

        private final ImportedPrices imported =
                PriceImport.of(PRICES.resolve("genai-prices.json")).asOf(DAY).read();

        @Test
        void makesAListThatCanBeRead() {
            assertThat(PriceList.parse("imported", imported.list()).models()).hasSize(7);
            Golden.assertMatches(imported.list(), "import-genai-prices.csv");
        }

        @Test
        void saysWhatIsLeftOutOrMended() {
            Golden.assertMatches(String.join("\n", imported.remarks()), "import-genai-prices-remarks.txt");
        }

        @Test
        void bindsHoursToThePeriodTheyStandIn() {
            assertThat(imported.list())
                    .contains("deepseek,deepseek-9,input,1000000,0.15,,,,,,2026-03-01,2026-08-31,16:30-24:00Z,")
                    .contains("deepseek,deepseek-9,input,1000000,0.15,,,,,,2026-03-01,2026-08-31,00:00-00:30Z,")
                    .contains("deepseek,deepseek-9,input,1000000,0.3,,,,,,2026-03-01,2026-08-31,,")
                    .contains("deepseek,deepseek-9,input,1000000,0.4,,,,,,2026-09-01,,,");
        }

        @Test
        void refusesTheFirstEdition() throws IOException {
            Path first = Files.writeString(
                    directory.resolve("data.json"),
                    "[{\"id\":\"openai\",\"models\":[{\"id\":\"gpt-9\",\"match\":{\"equals\":\"gpt-9\"},"
                            + "\"prices\":{\"input_mtok\":3,\"output_mtok\":12}}]}]");

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> PriceImport.of(first).read())
                    .withMessage(
                            "This is the first edition of genai-prices' data.json, whose prices are no longer kept up."
                                    + " Take new_data/v2/data.json.");
        }
    }

    @Test
    void takesTheServicesThatAreWanted() {
        assertThat(PriceImport.of(PRICES.resolve("genai-prices.json"))
                        .providers(List.of("X-AI"))
                        .read()
                        .list()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .skip(1))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("xai,"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"a\":1}", "[1]", "\"x\"", "{\"a\":{\"price\":1}}"})
    void refusesWhatIsNoCatalogue(String json) throws IOException {
        Path file = Files.writeString(directory.resolve("x.json"), json);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PriceImport.of(file).read())
                .withMessageStartingWith(file + " is no price catalogue that is known here. Expected LiteLLM's");
    }

    @Test
    void refusesWhatIsNoJsonAndWhatIsNotThere() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"a\":");
        Path missing = directory.resolve("missing.json");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PriceImport.of(broken).read())
                .withMessageStartingWith("The catalogue " + broken + " is no JSON: ");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PriceImport.of(missing).read())
                .withMessageStartingWith("The catalogue " + missing + " cannot be read: ");
    }

    @Test
    void findsWhereTwoListsDisagree() {
        PriceList ours = PriceList.parse("ours", """
                provider,model,component,price,tier_op,tier_at,service_tier,valid_from,valid_until
                openai,a,input,4,,,,,
                openai,a,output,20,,,,,
                openai,a,input,8,>,272000,,,
                openai,a,input,2,,,flex,,
                openai,b,input,1,,,,,2026-01-01
                openai,b,input,2,,,,2026-01-02,
                openai,c,input,1,,,,,
                ,d,input,1,,,,,""");
        PriceList theirs = PriceList.parse("theirs", """
                provider,model,component,price,tier_op,tier_at,service_tier
                openai,a,input,4.00,,,
                openai,a,output,30,,,
                openai,a,input,8,>=,272000,
                openai,a,input,1,,,flex
                openai,b,input,2,,,
                xai,c,input,9,,,
                ,d,input,2,,,""");

        assertThat(PriceDifference.between(ours, theirs, DAY))
                .extracting(PriceDifference::toString)
                .containsExactly(
                        "openai a output: $20.00 and $30.00 (+50%)",
                        "openai a input: $8.00 > 272,000 and $8.00 >= 272,000",
                        "openai a input at flex: $2.00 and $1.00 (-50%)",
                        "d input: $1.00 and $2.00 (+100%)");
        assertThat(PriceDifference.between(ours, ours, DAY)).isEmpty();
    }
}
