package io.github.llmbudget.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * The settings of a run. Each key is looked up as a system property, then as an environment variable (upper case, dots
 * and hyphens as underscores: {@code llmbudget.default.max-cost} is {@code LLMBUDGET_DEFAULT_MAX_COST}), then in
 * {@code junit-platform.properties}. A value that cannot be read is an error that names the key, the value, where it
 * stands, and what is expected.
 *
 * <p>Immutable, hence safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Configuration {

    /** Whether limits are enforced and a report is written: {@value}, default {@code true}. */
    public static final String ENABLED = "llmbudget.enabled";

    /**
     * Who answers: {@value}, {@code mock}, {@code live}, {@code record} or {@code replay}; default: the cassette of a test
     * that has one, else its script.
     */
    public static final String MODE = "llmbudget.mode";

    /** The base URL of the real service in live mode: {@value}, default {@code https://api.openai.com/v1}. */
    public static final String UPSTREAM = "llmbudget.upstream";

    /** The name of the environment variable with the real key: {@value}, default {@code OPENAI_API_KEY}. */
    public static final String API_KEY_ENV = "llmbudget.api-key-env";

    /**
     * Which models the names stand for that requests give: {@value}, such as
     * {@code support-bot=gpt-4o, vectors=text-embedding-3-small}, no default.
     */
    public static final String DEPLOYMENTS = "llmbudget.deployments";

    /** A cost limit in USD for tests that declare none: {@value}, no default. */
    public static final String DEFAULT_MAX_COST = "llmbudget.default.max-cost";

    /** A limit on all tokens for tests that declare none: {@value}, no default. */
    public static final String DEFAULT_MAX_TOKENS = "llmbudget.default.max-tokens";

    /** A limit on calls for tests that declare none: {@value}, no default. */
    public static final String DEFAULT_MAX_CALLS = "llmbudget.default.max-calls";

    /** A cost limit in USD for the whole run, all forks together: {@value}, no default. */
    public static final String SUITE_MAX_COST = "llmbudget.suite.max-cost";

    /** A limit on all tokens of the whole run, all forks together: {@value}, no default. */
    public static final String SUITE_MAX_TOKENS = "llmbudget.suite.max-tokens";

    /** A limit on the calls of the whole run, all forks together: {@value}, no default. */
    public static final String SUITE_MAX_CALLS = "llmbudget.suite.max-calls";

    /** Whether limits that do not say so themselves hold while calls run: {@value}, default {@code false}. */
    public static final String HARD = "llmbudget.hard";

    /** The share of a limit from which console and report warn: {@value}, such as {@code 0.8}, no default. */
    public static final String WARN_AT = "llmbudget.warn-at";

    /** What a model without a price does under a cost limit: {@value}, {@code fail} (default) or {@code warn}. */
    public static final String UNKNOWN_PRICE = "llmbudget.unknown-price";

    /** What single models without a price do under a cost limit: {@value}, such as {@code our-model=warn}, no default. */
    public static final String UNKNOWN_PRICE_MODELS = "llmbudget.unknown-price.models";

    /** What a call without reported usage does under a limit: {@value}, {@code estimate} (default) or {@code fail}. */
    public static final String MISSING_USAGE = "llmbudget.missing-usage";

    /** A file with prices of your own: {@value}, no default. */
    public static final String PRICES_FILE = "llmbudget.prices.file";

    /**
     * The date whose prices hold: {@value}, {@code 2026-11-10}, {@code 2026-11-10T02:00Z} or {@code today}; default: the date
     * of the list.
     */
    public static final String PRICES_AS_OF = "llmbudget.prices.as-of";

    /** Whether prices that may not be those of today fail their test: {@value}, default {@code false}. */
    public static final String PRICES_STRICT = "llmbudget.prices.strict";

    /** Where the cassettes of tests are: {@value}, default {@code src/test/resources/llm-cassettes}. */
    public static final String CASSETTES_DIR = "llmbudget.cassettes.dir";

    /**
     * Names the run that a JVM belongs to, so that the report and the limits of the run are about all JVMs with the same
     * name: {@value}, default one run for all forks of a Maven build, and each other JVM by itself.
     */
    public static final String RUN_ID = "llmbudget.run.id";

    /** Where journal and report are written: {@value}, default {@code target/llm-budget} under Maven. */
    public static final String REPORT_DIR = "llmbudget.report.dir";

    /** Which reports are written, by id: {@value}, default all of {@code console,html,json,junit,markdown}. */
    public static final String REPORT_FORMATS = "llmbudget.report.formats";

    /** Whether the report holds what calls asked and were answered: {@value}, {@code none} (default) or {@code full}. */
    public static final String REPORT_PROMPTS = "llmbudget.report.prompts";

    /** The {@code report.json} of an earlier run, with which the summary compares this one: {@value}, no default. */
    public static final String REPORT_BASELINE = "llmbudget.report.baseline";

    /**
     * How long calls that run are awaited, at the end of their test and by a call whose hard limit they may use up:
     * {@value}, default {@code 5s}.
     */
    public static final String AWAIT = "llmbudget.await";

    /** All keys there are. */
    public static final List<String> KEYS = List.of(
            ENABLED,
            MODE,
            UPSTREAM,
            API_KEY_ENV,
            DEPLOYMENTS,
            DEFAULT_MAX_COST,
            DEFAULT_MAX_TOKENS,
            DEFAULT_MAX_CALLS,
            SUITE_MAX_COST,
            SUITE_MAX_TOKENS,
            SUITE_MAX_CALLS,
            HARD,
            WARN_AT,
            UNKNOWN_PRICE,
            UNKNOWN_PRICE_MODELS,
            MISSING_USAGE,
            PRICES_FILE,
            PRICES_AS_OF,
            PRICES_STRICT,
            CASSETTES_DIR,
            RUN_ID,
            REPORT_DIR,
            REPORT_FORMATS,
            REPORT_PROMPTS,
            REPORT_BASELINE,
            AWAIT);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,8})\\s*(ms|s|m)");

    private static final Pattern PAIR = Pattern.compile("([^=\\s]+)\\s*=\\s*([^=\\s]+)");

    private final List<Source> sources;

    private Configuration(List<Source> sources) {
        this.sources = sources;
    }

    /**
     * Reads system properties, then the environment, then JUnit's configuration parameters.
     *
     * @param platformParameters looks up a JUnit configuration parameter
     * @return the configuration
     */
    public static Configuration of(Function<String, Optional<String>> platformParameters) {
        return of(System::getProperty, System::getenv, platformParameters);
    }

    static Configuration of(
            Function<String, String> systemProperties,
            Function<String, String> environment,
            Function<String, Optional<String>> platformParameters) {
        return new Configuration(List.of(
                new Source("system property", key -> Optional.ofNullable(systemProperties.apply(key))),
                new Source(
                        "environment variable",
                        key -> Optional.ofNullable(environment.apply(environmentVariable(key)))),
                new Source("junit-platform.properties", platformParameters)));
    }

    /**
     * Returns the name under which a key is looked up in the environment.
     *
     * @param key one of the keys above
     * @return the name of the environment variable
     */
    public static String environmentVariable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /**
     * Returns a setting as it was written.
     *
     * @param key one of the keys above
     * @return the text without surrounding blanks, empty if it is not set or blank
     */
    public Optional<String> text(String key) {
        return find(key).map(Setting::value);
    }

    /**
     * Returns a setting that is yes or no.
     *
     * @param key one of the keys above
     * @param otherwise what holds if it is not set
     * @return the value
     * @throws ConfigurationException if it is neither {@code true} nor {@code false}
     */
    public boolean flag(String key, boolean otherwise) {
        return find(key)
                .map(setting -> switch (setting.value().toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw setting.unreadable("true or false");
                })
                .orElse(otherwise);
    }

    /**
     * Tells whether the tests run on a build server, where nobody would see what is recorded: whether {@code CI} is set, as
     * all of them set it in the environment, to anything but {@code false}.
     *
     * @return whether they do
     */
    public boolean isContinuousIntegration() {
        return find("CI")
                .filter(setting -> !setting.value().equalsIgnoreCase("false"))
                .isPresent();
    }

    /**
     * Returns a setting that is one of the names of an enum, in lower case.
     *
     * @param key one of the keys above
     * @param type the enum
     * @param <E> the enum
     * @return the value, empty if it is not set
     * @throws ConfigurationException if it is none of them
     */
    public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return find(key)
                .map(setting -> constant(type, setting.value()).orElseThrow(() -> setting.unreadable(names(type))));
    }

    /**
     * Returns a setting that is one of the names of an enum, in lower case.
     *
     * @param key one of the keys above
     * @param otherwise what holds if it is not set
     * @param <E> the enum
     * @return the value
     * @throws ConfigurationException if it is none of them
     */
    public <E extends Enum<E>> E choice(String key, E otherwise) {
        return choice(key, otherwise.getDeclaringClass()).orElse(otherwise);
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
    }

    /**
     * Returns a setting that is an amount in USD.
     *
     * @param key one of the keys above
     * @return the amount, zero or more
     * @throws ConfigurationException if it is not a number, or negative
     */
    public Optional<BigDecimal> money(String key) {
        return find(key).map(setting -> {
            try {
                BigDecimal amount = new BigDecimal(setting.value());
                if (amount.signum() >= 0) {
                    return amount;
                }
            } catch (NumberFormatException e) {
                throw setting.unreadable("an amount in USD such as 0.02");
            }
            throw setting.unreadable("an amount in USD that is not negative");
        });
    }

    /**
     * Returns a setting that is a whole number.
     *
     * @param key one of the keys above
     * @return the number, zero or more
     * @throws ConfigurationException if it is not a whole number, or negative
     */
    public Optional<Long> count(String key) {
        return find(key).map(setting -> {
            try {
                long count = Long.parseLong(setting.value().replace("_", ""));
                if (count >= 0) {
                    return count;
                }
            } catch (NumberFormatException e) {
                throw setting.unreadable("a whole number such as 7500");
            }
            throw setting.unreadable("a whole number that is not negative");
        });
    }

    /**
     * Returns a setting that is a part of a whole.
     *
     * @param key one of the keys above
     * @return the part, above 0 and at most 1
     * @throws ConfigurationException if it is not
     */
    public Optional<BigDecimal> share(String key) {
        return find(key).map(setting -> {
            try {
                BigDecimal share = new BigDecimal(setting.value());
                if (share.signum() > 0 && share.compareTo(BigDecimal.ONE) <= 0) {
                    return share;
                }
            } catch (NumberFormatException e) {
                throw setting.unreadable("a share such as 0.8");
            }
            throw setting.unreadable("a share above 0 and at most 1");
        });
    }

    /**
     * Returns a setting that is a span of time, such as {@code 500ms}, {@code 5s} or {@code 2m}.
     *
     * @param key one of the keys above
     * @param otherwise what holds if it is not set
     * @return the span
     * @throws ConfigurationException if it cannot be read
     */
    public Duration duration(String key, Duration otherwise) {
        return find(key)
                .map(setting -> {
                    Matcher matcher = DURATION.matcher(setting.value());
                    if (!matcher.matches()) {
                        throw setting.unreadable("a time such as 500ms, 5s or 2m");
                    }
                    long amount = Long.parseLong(matcher.group(1));
                    return switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        default -> Duration.ofMinutes(amount);
                    };
                })
                .orElse(otherwise);
    }

    /**
     * Returns a setting that is a value of its own.
     *
     * @param key one of the keys above
     * @param parse reads it; of what it cannot read it says in an {@link IllegalArgumentException} what is expected
     * @param <T> the type of the value
     * @return the value
     * @throws ConfigurationException if it cannot be read
     */
    public <T> Optional<T> value(String key, Function<String, T> parse) {
        return find(key).map(setting -> {
            try {
                return parse.apply(setting.value());
            } catch (IllegalArgumentException e) {
                throw setting.unreadable(String.valueOf(e.getMessage()));
            }
        });
    }

    /**
     * Returns a setting that is a path.
     *
     * @param key one of the keys above
     * @return the path, relative to the working directory if it is not absolute
     * @throws ConfigurationException if the file system has no such paths
     */
    public Optional<Path> path(String key) {
        return find(key).map(setting -> {
            try {
                return Path.of(setting.value());
            } catch (InvalidPathException e) {
                throw setting.unreadable("a path");
            }
        });
    }

    /**
     * Returns a setting that is a list of pairs, such as {@code support-bot=gpt-4o, vectors=text-embedding-3-small}.
     *
     * @param key one of the keys above
     * @return what stands right of each name, by the name in any case; empty if it is not set
     * @throws ConfigurationException if an entry is no pair, or a name is there twice
     */
    public Map<String, String> pairs(String key) {
        return pairs(key, "support-bot=gpt-4o", Optional::of);
    }

    /**
     * Returns a setting that is a list of pairs, each a name and a constant, such as {@code our-model=warn}.
     *
     * @param key one of the keys above
     * @param type the constants
     * @param <E> the enum
     * @return the constant of each name, by the name in any case; empty if it is not set
     * @throws ConfigurationException if an entry is no such pair, or a name is there twice
     */
    public <E extends Enum<E>> Map<String, E> choices(String key, Class<E> type) {
        String example = "our-model=" + names(type).split(" or ", 2)[0];
        return pairs(key, example, value -> constant(type, value));
    }

    private <T> Map<String, T> pairs(String key, String example, Function<String, Optional<T>> parse) {
        Map<String, T> pairs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        find(key).ifPresent(setting -> {
            String expected = "pairs such as " + example + ", separated by commas";
            for (String entry : setting.value().split(",", -1)) {
                Matcher matcher = PAIR.matcher(entry.strip());
                Optional<T> value = matcher.matches() ? parse.apply(matcher.group(2)) : Optional.empty();
                if (value.isEmpty()) {
                    throw setting.unreadable(expected + "; '" + entry.strip() + "' is none");
                }
                if (pairs.put(matcher.group(1), value.get()) != null) {
                    throw setting.unreadable(expected + ", each name once; '" + matcher.group(1) + "' is there twice");
                }
            }
        });
        return Collections.unmodifiableMap(pairs);
    }

    private Optional<Setting> find(String key) {
        for (Source source : sources) {
            String value = source.lookup().apply(key).map(String::strip).orElse("");
            if (!value.isEmpty()) {
                return Optional.of(new Setting(key, value, source.name()));
            }
        }
        return Optional.empty();
    }

    private record Source(String name, Function<String, Optional<String>> lookup) {}

    private record Setting(String key, String value, String source) {

        ConfigurationException unreadable(String expected) {
            return new ConfigurationException(
                    key + " is '" + value + "' (" + source + "), but must be " + expected + ".");
        }
    }
}
