package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.testing.JupiterRun;
import io.github.llmbudget.testing.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which prices hold in a test, and what is said of them. */
class PriceTests {

    @TempDir
    private Path directory;

    private JupiterRun run;

    @BeforeEach
    void prepare() {
        run = new JupiterRun(directory);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                PriceTestCases.OfTheClass.class,
                PriceTestCases.Inherited.class,
                PriceTestCases.ThroughAnotherAnnotation.class,
                PriceTestCases.AsOfADay.class
            })
    void areThoseThatAreDeclared(Class<?> testCases) {
        assertThat(failures(run.execute(testCases))).isEmpty();
    }

    @Test
    void areThoseThatAreDeclaredInParallelToo() {
        assertThat(failures(run.inParallel()
                        .execute(
                                PriceTestCases.OfTheClass.class,
                                PriceTestCases.Inherited.class,
                                PriceTestCases.AsOfADay.class)))
                .isEmpty();
    }

    @Test
    void mustBeReadable() {
        assertThat(run.failureOf(PriceTestCases.UnreadableList.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "Price list @LlmPrices on PriceTestCases.UnreadableList.test, line 2: the price 'dear' is not"
                                + " a number. The line is: ours,input,dear");
        assertThat(run.failureOf(PriceTestCases.UnreadableDate.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("@LlmPrices(asOf = \"soon\") on PriceTestCases.UnreadableDate.test must be a date such as"
                        + " 2026-11-10, a time such as 2026-11-10T02:00Z, or today.");
    }

    @Test
    void haveTheDayThatIsConfigured() {
        run.with(Configuration.PRICES_AS_OF, "someday");

        assertThat(run.failureOf(PolicyTestCases.UnknownModel.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "llmbudget.prices.as-of is 'someday' (junit-platform.properties), but must be a date such as"
                                + " 2026-11-10, a time such as 2026-11-10T02:00Z, or today.");
    }

    @Test
    void areDoubtedOnceARun() {
        long days = ChronoUnit.DAYS.between(LocalDate.of(2020, 1, 1), LocalDate.now(ZoneOffset.UTC));
        List<String> warnings = Warnings.during(() ->
                assertThat(failures(run.execute(PriceTestCases.Old.class))).isEmpty());

        assertThat(warnings)
                .filteredOn(warning -> warning.contains("prices of this run"))
                .hasSize(1);
        assertThat(warnings)
                .filteredOn(warning -> warning.contains("prices of this run"))
                .allSatisfy(
                        warning -> assertThat(warning.lines())
                                .containsSubsequence(
                                        "The prices of this run may not be those of today:",
                                        "  the price of ours was known until 2020-12-31 only",
                                        "Update llm-budget, or write the prices of today into src/test/resources/llm-prices.csv."));
        assertThat(warnings)
                .filteredOn(warning -> warning.contains("prices of this run"))
                .allSatisfy(warning -> assertThat(warning).contains(" is of 2020-01-01, " + days + " days ago"));
    }

    @Test
    void failATestThatUsesDoubtfulOnesWhereTheyAreStrict() {
        run.with(Configuration.PRICES_STRICT, "true");

        List<Throwable> failures = failures(run.execute(PriceTestCases.Old.class));
        assertThat(failures)
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(DoubtfulPriceError.class)
                        .hasMessageStartingWith("The prices of this test may not be those of today: ")
                        .hasMessageContaining("the price of ours was known until 2020-12-31 only")
                        .hasMessageEndingWith("llmbudget.prices.strict=false makes this a warning."));
    }

    @Test
    void mayBeMissingForSingleModels() {
        run.with(Configuration.UNKNOWN_PRICE_MODELS, "OURS=warn");

        assertThat(run.failureOf(PriceTestCases.TwoUnpricedModels.class))
                .hasMessageStartingWith(
                        "LLM budget cannot be checked: no price for model \"theirs\", so nobody can say");

        run.with(Configuration.UNKNOWN_PRICE_MODELS, "ours=warn, theirs=warn");
        assertThat(failures(run.execute(PriceTestCases.TwoUnpricedModels.class)))
                .isEmpty();
    }

    @Test
    void mayBeMissingForAllButSingleModels() {
        run.with(Configuration.UNKNOWN_PRICE, "warn").with(Configuration.UNKNOWN_PRICE_MODELS, "theirs=fail");

        assertThat(run.failureOf(PriceTestCases.TwoUnpricedModels.class))
                .hasMessageStartingWith("LLM budget cannot be checked: no price for model \"theirs\"");
    }

    @Test
    void areSaidToBeMissingOnceAModel() {
        run.with(Configuration.UNKNOWN_PRICE, "warn");
        List<String> warnings = Warnings.during(() -> run.execute(PriceTestCases.TwoUnpricedModels.class));

        assertThat(warnings)
                .containsOnlyOnce("Calls of Ours have no price, or not for all they used, and llmbudget.unknown-price"
                        + " lets them pass: cost limits hold for the rest only.")
                .containsOnlyOnce("Calls of theirs have no price, or not for all they used, and llmbudget.unknown-price"
                        + " lets them pass: cost limits hold for the rest only.");
    }

    @Test
    void comeFromAFileThatIsNamed() throws IOException {
        Path file = Files.writeString(
                directory.resolve("prices.csv"), "model,component,price\ngpt-4o-maxi,input,1\ngpt-4o-maxi,output,1");
        run.with(Configuration.PRICES_FILE, file.toString());

        assertThat(failures(run.execute(PolicyTestCases.UnknownModel.class))).isEmpty();
    }
}
