package io.github.llmbudget.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.llmbudget.config.ConfigurationException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTests {

    private static final PriceList BUILT_IN = PriceList.read(
            "built-in list", Objects.requireNonNull(PriceCatalog.class.getResource("openai-prices.csv")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model,component                     | 1 | the first line must name the columns model,component,price and may name tier, above, from, until
            model,component,price,colour        | 1 | the first line must name the columns model,component,price and may name tier, above, from, until
            model,component,price;x,input       | 2 | expected 3 values for model,component,price
            model,component,price;x,input,1,2   | 2 | expected 3 values for model,component,price
            model,component,price;#;;x,inputs,1 | 4 | unknown component 'inputs', expected one of input, cached_input, cache_write, audio_input, output, audio_output
            model,component,price;x,input,      | 2 | '' is not a number
            model,component,price;x,input,$1    | 2 | '$1' is not a number
            model,component,price;x,input,-1    | 2 | '-1' is negative
            model,component,price;,input,1      | 2 | the model has no name
            model,component,above,price;x,input,1.5,1 | 2 | '1.5' is not a whole number of tokens
            model,component,above,price;x,input,1e30,1 | 2 | '1e30' is not a whole number of tokens
            model,component,from,price;x,input,2026-02-30,1 | 2 | '2026-02-30' is not a date such as 2026-11-10
            # as-of: soon                       | 1 | 'soon' is not a date such as 2026-11-10
            model,component,price;x,input,1;X,input,2 | 3 | a second price for the same component, tier and time
            model,component,tier,price;x,input,,1;x,input,default,2 | 3 | a second price for the same component, tier and time
            model,component,from,until,price;x,input,,2026-01-02,1;x,input,2026-01-02,,2 | 3 | a second price for the same component, tier and time
            """)
    void namesFileAndLineOfWhatItCannotRead(String csv, int line, String what, @TempDir Path directory)
            throws IOException {
        List<String> lines = List.of(csv.split(";", -1));
        Path file = Files.write(directory.resolve("my-prices.csv"), lines);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PriceList.read(file))
                .withMessage("Price list " + file + ", line " + line + ": " + what + ". The line is: "
                        + lines.get(line - 1));
    }

    @Test
    void saysWhichSettingNamesAFileThatIsNotThere(@TempDir Path directory) {
        Path missing = directory.resolve("missing.csv");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PriceList.read(missing))
                .withMessageContainingAll(missing.toString(), "NoSuchFileException", "Correct llmbudget.prices.file.");
    }

    @Test
    void readsColumnsInAnyOrderAndSkipsCommentsAndEmptyLines() throws IOException {
        PriceList list = read("""
                # as-of: 2026-11-01

                 price , component, model
                # a comment
                2.50, input, My-Model
                """);

        assertThat(list.asOf()).isEqualTo(LocalDate.of(2026, 11, 1));
        assertThat(list.models()).containsExactly("my-model");
        assertThat(list.ratesOf("my-model")).singleElement().satisfies(rate -> {
            assertThat(rate.component()).isEqualTo(PriceComponent.INPUT);
            assertThat(rate.tier()).isEqualTo("standard");
            assertThat(rate.above()).isZero();
            assertThat(rate.usdPerMillion()).isEqualByComparingTo("2.5");
        });
    }

    @Test
    void hasNoDateUnlessItGivesOne() throws IOException {
        assertThat(read("model,component,price").asOf()).isNull();
        assertThat(read("").models()).isEmpty();
    }

    @Test
    void takesPeriodsThatFollowEachOther() throws IOException {
        PriceList list = read("""
                model,component,from,until,price
                x,input,,2026-01-01,1
                x,input,2026-01-02,,2
                """);

        assertThat(list.ratesOf("x")).hasSize(2);
    }

    @Test
    void isDatedWhereItIsBuiltIn() {
        assertThat(BUILT_IN.asOf()).isNotNull();
        assertThat(BUILT_IN.models()).hasSizeGreaterThan(100);
    }

    @Test
    void hasNoPriceForCachedInputAboveThatForInputWhereItIsBuiltIn() {
        List<String> dearer = new ArrayList<>();
        for (Rate cached : allRates()) {
            if (cached.component() == PriceComponent.CACHED_INPUT) {
                inputAt(cached)
                        .filter(input -> cached.usdPerMillion().compareTo(input.usdPerMillion()) > 0)
                        .ifPresent(input -> dearer.add(cached + " > " + input));
            }
        }

        assertThat(dearer).isEmpty();
    }

    @Test
    void hasAPriceForInputBesideEachForCachedInputWhereItIsBuiltIn() {
        assertThat(allRates())
                .filteredOn(rate -> rate.component() == PriceComponent.CACHED_INPUT)
                .isNotEmpty()
                .allMatch(cached -> inputAt(cached).isPresent());
    }

    @Test
    void hasNoOverlappingPeriodsWhereItIsBuiltIn() {
        for (String model : BUILT_IN.models()) {
            List<Rate> rates = BUILT_IN.ratesOf(model);
            for (int i = 0; i < rates.size(); i++) {
                Rate rate = rates.get(i);
                assertThat(rates.subList(i + 1, rates.size())).noneMatch(rate::overlaps);
            }
        }
    }

    @Test
    void hasInputOrOutputOfEachModelWhereItIsBuiltIn() {
        assertThat(BUILT_IN.models())
                .allMatch(model -> BUILT_IN.ratesOf(model).stream()
                        .anyMatch(rate ->
                                rate.component() == PriceComponent.INPUT || rate.component() == PriceComponent.OUTPUT));
    }

    @Test
    void hasABasePriceUnderEachStepWhereItIsBuiltIn() {
        List<Rate> rates = allRates();

        assertThat(rates)
                .filteredOn(rate -> rate.above() > 0)
                .isNotEmpty()
                .allMatch(step -> rates.stream()
                        .anyMatch(base -> base.above() == 0
                                && base.model().equals(step.model())
                                && base.component() == step.component()
                                && base.tier().equals(step.tier())
                                && base.usdPerMillion().compareTo(step.usdPerMillion()) <= 0));
    }

    @Test
    void hasOnlyTiersThatAnswersNameWhereItIsBuiltIn() {
        assertThat(allRates())
                .allMatch(
                        rate -> List.of("standard", "flex", "priority", "batch").contains(rate.tier()));
    }

    private static Optional<Rate> inputAt(Rate cached) {
        return BUILT_IN.ratesOf(cached.model()).stream()
                .filter(rate -> rate.component() == PriceComponent.INPUT
                        && rate.tier().equals(cached.tier())
                        && rate.above() == cached.above()
                        && Objects.equals(rate.from(), cached.from())
                        && Objects.equals(rate.until(), cached.until()))
                .findFirst();
    }

    private static List<Rate> allRates() {
        return BUILT_IN.models().stream()
                .flatMap(model -> BUILT_IN.ratesOf(model).stream())
                .toList();
    }

    private static PriceList read(String csv) throws IOException {
        return PriceList.read("prices", new StringReader(csv));
    }
}
