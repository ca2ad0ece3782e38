package io.github.llmbudget.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTests {

    private enum Colour {
        RED,
        LIGHT_BLUE
    }

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> file = new HashMap<>();
    private final Configuration configuration =
            Configuration.of(properties::get, environment::get, key -> Optional.ofNullable(file.get(key)));

    @Test
    void prefersSystemPropertyToEnvironmentToFile() {
        assertThat(configuration.text(Configuration.MODE)).isEmpty();

        file.put("llmbudget.mode", "from file");
        assertThat(configuration.text(Configuration.MODE)).contains("from file");

        environment.put("LLMBUDGET_MODE", "from environment");
        assertThat(configuration.text(Configuration.MODE)).contains("from environment");

        properties.put("llmbudget.mode", "from property");
        assertThat(configuration.text(Configuration.MODE)).contains("from property");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void looksFurtherWhereAValueIsBlank(String blank) {
        properties.put("llmbudget.mode", blank);
        environment.put("LLMBUDGET_MODE", blank);
        assertThat(configuration.text(Configuration.MODE)).isEmpty();

        file.put("llmbudget.mode", "live");
        assertThat(configuration.text(Configuration.MODE)).contains("live");
    }

    @Test
    void takesAValueWithoutTheBlanksAroundIt() {
        file.put("llmbudget.default.max-cost", "  0.02\t");

        assertThat(configuration.text(Configuration.DEFAULT_MAX_COST)).contains("0.02");
        assertThat(configuration.money(Configuration.DEFAULT_MAX_COST)).contains(new BigDecimal("0.02"));
    }

    @ParameterizedTest
    @CsvSource({
        "llmbudget.enabled, LLMBUDGET_ENABLED",
        "llmbudget.api-key-env, LLMBUDGET_API_KEY_ENV",
        "llmbudget.default.max-cost, LLMBUDGET_DEFAULT_MAX_COST",
        "llmbudget.prices.as-of, LLMBUDGET_PRICES_AS_OF"
    })
    void namesEnvironmentVariablesAfterTheKeys(String key, String variable) {
        assertThat(Configuration.environmentVariable(key)).isEqualTo(variable);
    }

    @Test
    void readsRealSystemPropertiesBeforeTheParametersOfThePlatform() {
        System.setProperty("llmbudget.test-of-configuration", "property");
        try {
            Configuration real = Configuration.of(key -> Optional.of("parameter"));

            assertThat(real.text("llmbudget.test-of-configuration")).contains("property");
            assertThat(real.text("llmbudget.test-of-configuration.other")).contains("parameter");
        } finally {
            System.clearProperty("llmbudget.test-of-configuration");
        }
    }

    @Test
    void listsEachKeyThatIsAConstant() throws IllegalAccessException {
        for (var field : Configuration.class.getFields()) {
            if (field.getType() == String.class) {
                assertThat(Configuration.KEYS).contains((String) field.get(null));
            }
        }
        assertThat(Configuration.KEYS)
                .hasSize(26)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith("llmbudget."));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "false, false", "False, false"})
    void readsFlags(String written, boolean meant) {
        file.put("llmbudget.enabled", written);

        assertThat(configuration.flag(Configuration.ENABLED, !meant)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "tru"})
    void refusesWhatIsNoFlag(String written) {
        properties.put("llmbudget.enabled", written);

        assertRefused(
                () -> configuration.flag(Configuration.ENABLED, true),
                "llmbudget.enabled is '" + written + "' (system property), but must be true or false.");
    }

    @ParameterizedTest
    @CsvSource({"red, RED", "Red, RED", "LIGHT_BLUE, LIGHT_BLUE", "light_blue, LIGHT_BLUE"})
    void readsChoices(String written, Colour meant) {
        file.put("llmbudget.mode", written);

        Colour other = meant == Colour.RED ? Colour.LIGHT_BLUE : Colour.RED;
        assertThat(configuration.choice(Configuration.MODE, other)).isEqualTo(meant);
    }

    @Test
    void refusesWhatIsNoChoice() {
        environment.put("LLMBUDGET_MODE", "green");

        assertRefused(
                () -> configuration.choice(Configuration.MODE, Colour.RED),
                "llmbudget.mode is 'green' (environment variable), but must be red or light_blue.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.02", "1e-9", "100"})
    void readsMoneyExactly(String written) {
        file.put("llmbudget.default.max-cost", written);

        assertThat(configuration.money(Configuration.DEFAULT_MAX_COST)).contains(new BigDecimal(written));
    }

    @ParameterizedTest
    @CsvSource({
        "$0.02, an amount in USD such as 0.02",
        "two, an amount in USD such as 0.02",
        "'0,02', an amount in USD such as 0.02",
        "NaN, an amount in USD such as 0.02",
        "-0.01, an amount in USD that is not negative"
    })
    void refusesWhatIsNoMoney(String written, String expected) {
        file.put("llmbudget.default.max-cost", written);

        assertRefused(
                () -> configuration.money(Configuration.DEFAULT_MAX_COST),
                "llmbudget.default.max-cost is '" + written + "' (junit-platform.properties), but must be " + expected
                        + ".");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7500, 7500", "7_500, 7500", "9223372036854775807, 9223372036854775807"})
    void readsCounts(String written, long meant) {
        file.put("llmbudget.default.max-tokens", written);

        assertThat(configuration.count(Configuration.DEFAULT_MAX_TOKENS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "7.5, a whole number such as 7500",
        "'7,500', a whole number such as 7500",
        "_, a whole number such as 7500",
        "9223372036854775808, a whole number such as 7500",
        "-1, a whole number that is not negative"
    })
    void refusesWhatIsNoCount(String written, String expected) {
        file.put("llmbudget.default.max-tokens", written);

        assertRefused(
                () -> configuration.count(Configuration.DEFAULT_MAX_TOKENS),
                "llmbudget.default.max-tokens is '" + written + "' (junit-platform.properties), but must be " + expected
                        + ".");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "5s, PT5S", "5 s, PT5S", "2m, PT2M", "0ms, PT0S"})
    void readsSpansOfTime(String written, Duration meant) {
        file.put("llmbudget.await", written);

        assertThat(configuration.duration(Configuration.AWAIT, Duration.ofDays(1)))
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "s", "-5s", "1.5s", "5h", "5S", "99999999999999999999s", "9223372036854775807m"})
    void refusesWhatIsNoSpanOfTime(String written) {
        file.put("llmbudget.await", written);

        assertRefused(
                () -> configuration.duration(Configuration.AWAIT, Duration.ZERO),
                "llmbudget.await is '" + written
                        + "' (junit-platform.properties), but must be a time such as 500ms, 5s or 2m.");
    }

    @Test
    void readsValuesOfTheirOwn() {
        file.put("llmbudget.prices.as-of", " 42 ");

        assertThat(configuration.value(Configuration.PRICES_AS_OF, Integer::valueOf))
                .contains(42);
    }

    @Test
    void saysOfAValueOfItsOwnWhatItsReaderExpects() {
        file.put("llmbudget.prices.as-of", "now");

        assertRefused(
                () -> configuration.value(Configuration.PRICES_AS_OF, text -> {
                    throw new IllegalArgumentException("a date");
                }),
                "llmbudget.prices.as-of is 'now' (junit-platform.properties), but must be a date.");
    }

    @Test
    void readsAConstantOfEachName() {
        file.put("llmbudget.unknown-price.models", "Our-Model=light_blue, other=RED");

        assertThat(configuration.choices(Configuration.UNKNOWN_PRICE_MODELS, Colour.class))
                .containsEntry("our-model", Colour.LIGHT_BLUE)
                .containsEntry("OTHER", Colour.RED)
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            our-model=green         | 'our-model=green' is none
            our-model               | 'our-model' is none
            a=red,b=red,A=red       | each name once; 'A' is there twice
            """)
    void refusesAConstantThatIsNone(String written, String problem) {
        file.put("llmbudget.unknown-price.models", written);

        assertRefused(
                () -> configuration.choices(Configuration.UNKNOWN_PRICE_MODELS, Colour.class),
                "llmbudget.unknown-price.models is '" + written
                        + "' (junit-platform.properties), but must be pairs such as"
                        + " our-model=red, separated by commas" + (problem.startsWith("each") ? ", " : "; ") + problem
                        + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "support-bot=gpt-4o,vectors=text-embedding-3-small",
                " support-bot = gpt-4o ,\tvectors =text-embedding-3-small\n",
            })
    void readsPairs(String written) {
        file.put("llmbudget.deployments", written);

        assertThat(configuration.pairs(Configuration.DEPLOYMENTS))
                .containsOnly(Map.entry("support-bot", "gpt-4o"), Map.entry("vectors", "text-embedding-3-small"));
        assertThat(configuration.pairs(Configuration.DEPLOYMENTS).get("Support-Bot"))
                .isEqualTo("gpt-4o");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a          | ; 'a' is none",
                "a=b,c      | ; 'c' is none",
                "a=         | ; 'a=' is none",
                "=b, c=d    | ; '=b' is none",
                "a=b,       | ; '' is none",
                "a=b=c      | ; 'a=b=c' is none",
                "a=b c=d    | ; 'a=b c=d' is none",
                "a=b, a=c   | , each name once; 'a' is there twice",
                "a=b,c=d,A=b| , each name once; 'A' is there twice"
            })
    void refusesWhatIsNoListOfPairs(String written, String problem) {
        file.put("llmbudget.deployments", written);

        assertRefused(
                () -> configuration.pairs(Configuration.DEPLOYMENTS),
                "llmbudget.deployments is '" + written + "' (junit-platform.properties), but must be pairs such as"
                        + " support-bot=gpt-4o, separated by commas" + problem + ".");
    }

    @Test
    void takesTheDefaultOfWhatIsNotSet() {
        assertThat(configuration.flag(Configuration.ENABLED, true)).isTrue();
        assertThat(configuration.flag(Configuration.ENABLED, false)).isFalse();
        assertThat(configuration.choice(Configuration.MODE, Colour.LIGHT_BLUE)).isEqualTo(Colour.LIGHT_BLUE);
        assertThat(configuration.money(Configuration.DEFAULT_MAX_COST)).isEmpty();
        assertThat(configuration.count(Configuration.DEFAULT_MAX_CALLS)).isEmpty();
        assertThat(configuration.duration(Configuration.AWAIT, Duration.ofSeconds(5)))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.value(Configuration.PRICES_AS_OF, Integer::valueOf))
                .isEmpty();
        assertThat(configuration.pairs(Configuration.DEPLOYMENTS)).isEmpty();
    }

    private static void assertRefused(ThrowingCallable reading, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(reading)
                .withMessage(message);
    }
}
