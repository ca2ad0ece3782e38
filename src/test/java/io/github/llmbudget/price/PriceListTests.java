package io.github.llmbudget.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.llmbudget.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTests {

    private static final String COLUMNS = "provider,model,component,per,price,currency,tier_op,tier_at,service_tier,"
            + "region,ttl,valid_from,valid_until,window,source,checked";
    private static final String COMPONENTS = "input, cached_input, cache_write, audio_in, cached_audio, image_in, "
            + "cached_image, output, audio_out, image_out, call, second, character, image";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model,component                        | 1 | the first line must name the columns model,component,price, and may name more
            model,component,price,colour           | 1 | there is no column 'colour'; the first line must name the columns, at least model,component,price, of {columns}
            model,component,price,model            | 1 | the column model is there twice
            model,component,price;x,input          | 2 | expected 3 values for model, component, price
            model,component,price;x,input,1,2      | 2 | expected 3 values for model, component, price
            model,component,price;#;;x,inputs,1    | 4 | unknown component 'inputs', expected one of {components}
            model,component,price;x,reported,1     | 2 | unknown component 'reported', expected one of {components}
            model,component,price;x,input,         | 2 | the price '' is not a number
            model,component,price;x,input,$1       | 2 | the price '$1' is not a number
            model,component,price;x,input,-1       | 2 | the price '-1' is negative
            model,component,price;,input,1         | 2 | the model has no name
            model,component,price;*,input,1        | 2 | any model needs a provider, or the line would price all models there are
            model,component,price,currency;x,input,1,CNY | 2 | the currency is 'CNY', but prices are in USD
            model,component,per,price;x,input,0,1  | 2 | the per must be 1 or more
            model,component,per,price;x,input,1.5,1 | 2 | the per '1.5' is not a whole number
            model,component,tier_op,tier_at,price;x,input,>,1.5,1  | 2 | tier_op and tier_at must be a number of input tokens such as >272000 or >=200000
            model,component,tier_op,tier_at,price;x,input,>,,1     | 2 | tier_op and tier_at must be a number of input tokens such as >272000 or >=200000
            model,component,tier_op,tier_at,price;x,input,,9,1     | 2 | tier_op and tier_at must be a number of input tokens such as >272000 or >=200000
            model,component,tier_op,tier_at,price;x,input,<,9,1    | 2 | tier_op and tier_at must be a number of input tokens such as >272000 or >=200000
            model,component,tier_op,tier_at,price;x,input,>,0,1    | 2 | tier_op and tier_at must be a number of input tokens such as >272000 or >=200000
            model,component,ttl,price;x,input,1h,1        | 2 | only a cache_write has a ttl
            model,component,ttl,price;x,cache_write,1d,1  | 2 | '1d' is no ttl of a known cache, expected 5m, 30m, 1h or 12h
            model,component,price;x,call,1         | 2 | call needs a tool behind a colon, such as call:web_search
            model,component,price;x,input:hd,1     | 2 | only call and image have a kind behind a colon
            model,component,window,price;x,input,Mon 09:00,1       | 2 | the window 'Mon 09:00' cannot be read: expected hours such as Mon-Fri 09:00-12:00+08:00
            model,component,window,price;x,input,09:00-25:00Z,1    | 2 | the window '09:00-25:00Z' cannot be read: expected hours such as Mon-Fri 09:00-12:00+08:00: Text '25:00' could not be parsed: Invalid value for HourOfDay (valid values 0 - 23): 25
            model,component,window,price;x,input,12:00-09:00Z,1    | 2 | the window '12:00-09:00Z' cannot be read: the window ends before it begins
            model,component,valid_from,price;x,input,2026-02-30,1  | 2 | the valid_from '2026-02-30' is not a date such as 2026-11-10
            model,component,checked,price;x,input,today,1          | 2 | the checked 'today' is not a date such as 2026-11-10
            model,component,valid_from,valid_until,price;x,input,2026-02-02,2026-02-01,1 | 2 | the price ends on 2026-02-01, before it begins
            # as-of: soon                          | 1 | 'soon' is not a date such as 2026-11-10
            """)
    void namesListAndLineOfWhatItCannotRead(String csv, int line, String what) {
        assertRefused(csv, line, what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model,component,price;x,input,1;X,input,2                          | 3 | a second price for the same component, tier and time
            model,component,service_tier,price;x,input,flex flex,1            | 2 | a second price for the same component, tier and time
            model,component,service_tier,price;x,input,,1;x,input,default,2    | 3 | a second price for the same component, tier and time
            model,component,tier_op,tier_at,price;x,input,>,9,1;x,input,>=,9,2 | 3 | a second price for the same component, tier and time
            model,component,ttl,price;x,cache_write,5m,1;x,cache_write,,2      | 3 | a second price for the same component, tier and time
            model,component,price;x,call:dig,1;x,call:Dig,2                    | 3 | a second price for the same component, tier and time
            model,component,valid_from,valid_until,price;x,input,,2026-01-02,1;x,input,2026-01-02,,2 | 3 | a second price for the same component, tier and time
            model,component,valid_from,valid_until,price;x,input,,,1;x,input,2026-01-02,2026-01-03,2 | 3 | a second price for the same component, tier and time
            model,component,window,price;x,input,09:00-12:00Z,1;x,input,Tue-Wed 11:59-13:00Z,2       | 3 | a second price for the same component, tier and time
            model,component,price;x,input,1;x,cached_input,1.01                | 3 | reading from the cache costs more than not reading from it: cached_input 1.01 and input 1
            model,component,price;x,cached_audio,2;x,audio_in,1                | 3 | reading from the cache costs more than not reading from it: cached_audio 2 and audio_in 1
            model,component,price;x,cached_image,2;x,image_in,1                | 3 | reading from the cache costs more than not reading from it: cached_image 2 and image_in 1
            model,component,per,price;x,input,1000000,1;x,cached_input,1000,0.5 | 3 | reading from the cache costs more than not reading from it: cached_input 0.5 and input 1
            model,component,service_tier,price;x,input,flex,1;x,cached_input,,2;x,cached_input,flex,2 | 4 | reading from the cache costs more than not reading from it: cached_input 2 and input 1
            """)
    void refusesRowsThatContradictEachOther(String csv, int line, String what) {
        assertRefused(csv, line, what);
    }

    @ParameterizedTest
    @CsvSource({
        "'model,component,valid_from,valid_until,price;x,input,,2026-01-01,1;x,input,2026-01-02,,2'",
        "'model,component,service_tier,price;x,input,,1;x,input,flex,2'",
        "'model,component,region,price;x,input,,1;x,input,eu,2'",
        "'model,component,ttl,price;x,cache_write,5m,1;x,cache_write,1h,2'",
        "'model,component,tier_op,tier_at,price;x,input,,,1;x,input,>,9,2'",
        "'model,component,window,price;x,input,09:00-12:00Z,1;x,input,12:00-13:00Z,2'",
        "'model,component,window,price;x,input,Mon-Fri 09:00-12:00Z,1;x,input,Sat-Sun 09:00-12:00Z,2'",
        "'model,component,window,price;x,input,,1;x,input,09:00-12:00Z,2'",
        "'model,component,price;x,image,1;x,image:hd,2'",
        "'provider,model,component,price;a,x,input,1;b,x,input,2'",
        "'model,component,price;x,input,1;x,cached_input,1'"
    })
    void takesRowsThatHoldOneBesideTheOther(String csv) {
        assertThat(PriceList.parse("prices", csv.replace(';', '\n')).rowsOf("x"))
                .hasSize(2);
    }

    @Test
    void readsAllThatARowSays() {
        PriceList list = PriceList.parse("prices", """
                provider,model,component,per,price,currency,tier_op,tier_at,service_tier,region,ttl,valid_from,valid_until,window,source,checked
                Vertex_AI,My-Model,cache_write,1000,2.50,usd,>=,200000,PRIORITY,EU,1H,2026-01-02,2026-03-04,Mon-Fri 09:00-12:00+08:00,a page,2026-01-01
                """);

        assertThat(list.rowsOf("my-model")).singleElement().satisfies(row -> {
            assertThat(row.provider()).isEqualTo("google");
            assertThat(row.component()).isEqualTo(PriceComponent.CACHE_WRITE_ONE_HOUR);
            assertThat(row.per()).isEqualTo(1000);
            assertThat(row.usd()).isEqualByComparingTo("2.5");
            assertThat(row.step()).isEqualTo(new InputStep(true, 200_000)).hasToString(">= 200,000");
            assertThat(row.serviceTier()).isEqualTo("priority");
            assertThat(row.region()).isEqualTo("eu");
            assertThat(row.from()).isEqualTo("2026-01-02");
            assertThat(row.until()).isEqualTo("2026-03-04");
            assertThat(row.window()).hasToString("Mon-Fri 09:00-12:00+08:00");
            assertThat(row.source()).isEqualTo("a page");
            assertThat(row.checked()).isEqualTo("2026-01-01");
        });
    }

    @Test
    void readsALineForSeveralTiersAndRegionsAsARowForEach() {
        PriceList list = PriceList.parse("prices", """
                model,component,price,service_tier,region
                x,input,1,Batch flex,EU us
                x,input,2,,
                """);

        assertThat(list.rowsOf("x"))
                .extracting(PriceRow::serviceTier, PriceRow::region)
                .containsExactly(
                        tuple("batch", "eu"),
                        tuple("batch", "us"),
                        tuple("flex", "eu"),
                        tuple("flex", "us"),
                        tuple("standard", null));
    }

    @Test
    void readsColumnsInAnyOrderAndSkipsCommentsAndEmptyLines() {
        PriceList list = PriceList.parse("prices", """
                # as-of: 2026-11-01

                 price , component, model
                # a comment
                2.50, input, My-Model
                """);

        assertThat(list.asOf()).isEqualTo(LocalDate.of(2026, 11, 1));
        assertThat(list.models()).containsExactly("my-model");
        assertThat(list.rowsOf("my-model")).singleElement().satisfies(row -> {
            assertThat(row.component()).isEqualTo(PriceComponent.INPUT);
            assertThat(row.isOfStandardTier()).isTrue();
            assertThat(row.step()).isNull();
            assertThat(row.per()).isEqualTo(1_000_000);
        });
    }

    @Test
    void pricesWhatIsNotTokensByThePieceUnlessItSaysOtherwise() {
        PriceList list = PriceList.parse("prices", """
                model,component,price
                x,call:web_search,0.01
                x,image,0.04
                x,second,0.0001
                x,character,15
                """);

        assertThat(list.rowsOf("x")).extracting(PriceRow::per).containsExactly(1L, 1L, 1L, 1_000_000L);
    }

    @Test
    void hasNoDateUnlessItGivesOne() {
        assertThat(PriceList.parse("prices", "model,component,price").asOf()).isNull();
        assertThat(PriceList.parse("prices", "").models()).isEmpty();
    }

    @Test
    void isKnownByNameDateAndDigest() {
        PriceListId id = PriceList.parse("prices", "# as-of: 2026-11-01\n").id();

        assertThat(id.sha256()).isEqualTo("b89f53453c010cee2b13d6cd344a83939e87589f44570a9c9d7aca3863ca642d");
        assertThat(id).hasToString("prices of 2026-11-01, sha-256 b89f53453c01");
        assertThat(PriceList.parse("prices", "# as-of: 2026-11-02\n").id().sha256())
                .isNotEqualTo(id.sha256());
    }

    @Test
    void skipsTheMarkThatSomeEditorsPutBeforeATextInUtf8() {
        assertThat(PriceList.parse("prices", "\uFEFFmodel,component,price\nx,input,1")
                        .models())
                .containsExactly("x");
    }

    @Test
    void refusesATextThatIsNotInUtf8(@TempDir Path directory) throws IOException {
        Path file = Files.write(
                directory.resolve("latin.csv"),
                "model,component,price\nmäh,input,1".getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PriceList.read(file))
                .withMessage("The price list " + file + " is not in UTF-8. Save it as UTF-8.");
    }

    @Test
    void saysWhichSettingNamesAFileThatIsNotThere(@TempDir Path directory) {
        Path missing = directory.resolve("missing.csv");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PriceList.read(missing))
                .withMessageContainingAll(missing.toString(), "NoSuchFileException", "Correct llmbudget.prices.file.");
    }

    private static void assertRefused(String csv, int line, String what) {
        List<String> lines = List.of(csv.split(";", -1));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PriceList.parse("my-prices.csv", String.join("\n", lines)))
                .withMessage("Price list my-prices.csv, line " + line + ": "
                        + what.replace("{columns}", COLUMNS).replace("{components}", COMPONENTS)
                        + ". The line is: " + lines.get(line - 1));
    }
}
