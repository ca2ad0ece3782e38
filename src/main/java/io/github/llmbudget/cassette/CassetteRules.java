package io.github.llmbudget.cassette;

import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.wire.JsonPath;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a test declares about its cassette: what does not count when requests are compared, and what must not be written.
 * Immutable, hence safe for use by many threads, as far as its normaliser is.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class CassetteRules {

    /** The endpoint adds to it, so that services report usage. */
    private static final JsonPath STREAM_OPTIONS = JsonPath.of("$.stream_options");

    /** The rules of a test that declares none. */
    public static final CassetteRules NONE = of(List.of(), List.of(), List.of(), null);

    private final List<JsonPath> ignored;
    private final Redaction redaction;
    private final @Nullable RequestNormaliser normaliser;

    private CassetteRules(List<JsonPath> ignored, Redaction redaction, @Nullable RequestNormaliser normaliser) {
        this.ignored = ignored;
        this.redaction = redaction;
        this.normaliser = normaliser;
    }

    /**
     * Reads rules.
     *
     * @param ignored JSON paths of fields that do not count when requests are compared
     * @param redactedPaths JSON paths of values that are not written
     * @param redactedPatterns regular expressions of texts that are not written
     * @param normaliser changes what is compared; {@code null} for none
     * @return the rules
     * @throws ConfigurationException if an expression cannot be read
     */
    public static CassetteRules of(
            List<String> ignored,
            List<String> redactedPaths,
            List<String> redactedPatterns,
            @Nullable RequestNormaliser normaliser) {
        return new CassetteRules(
                Stream.concat(Stream.of(STREAM_OPTIONS), ignored.stream().map(JsonPath::of))
                        .toList(),
                new Redaction(
                        redactedPaths.stream().map(JsonPath::of).toList(),
                        redactedPatterns.stream().map(CassetteRules::pattern).toList()),
                normaliser);
    }

    private static Pattern pattern(String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new ConfigurationException(
                    "The regular expression '" + expression + "' cannot be read: " + e.getDescription()
                            + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1))
                            + ". Write one that java.util.regex.Pattern reads; Pattern.quote gives that of a plain text.",
                    e);
        }
        if (pattern.matcher("").matches()) {
            throw new ConfigurationException("The regular expression '" + expression
                    + "' matches the empty text, hence everywhere. Write one that matches what must not be written.");
        }
        return pattern;
    }

    List<JsonPath> ignored() {
        return ignored;
    }

    Redaction redaction() {
        return redaction;
    }

    @Nullable
    RequestNormaliser normaliser() {
        return normaliser;
    }
}
