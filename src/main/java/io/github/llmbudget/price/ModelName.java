package io.github.llmbudget.price;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model as requests and answers name it.
 *
 * @param provider the service whose model it is, {@code null} if the name does not say
 * @param name the name in lower case, without the service
 */
record ModelName(@Nullable String provider, String name) {

    private static final Map<String, String> ALIASES = Map.of(
            "gpt-35-turbo", "gpt-3.5-turbo",
            "gpt-35-turbo-16k", "gpt-3.5-turbo-16k",
            "gpt-35-turbo-instruct", "gpt-3.5-turbo-instruct",
            "text-embedding-ada-002-v2", "text-embedding-ada-002");

    private static final String FINE_TUNED = "ft:";

    /** Takes a name apart. A service before a slash is taken off, and kept. */
    static ModelName of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        int slash = name.indexOf('/');
        if (slash > 0 && slash < name.length() - 1 && Providers.isKnown(name.substring(0, slash))) {
            return new ModelName(Providers.canonical(name.substring(0, slash)), name.substring(slash + 1));
        }
        return new ModelName(null, name);
    }

    /**
     * Returns the names under which a price list may have the model, the most special one first: a name that merely
     * looks alike is not among them.
     */
    static List<String> candidates(String name) {
        List<String> candidates = new ArrayList<>();
        addWithAlias(candidates, tuned(name));
        String undated = withoutDate(tuned(name));
        if (undated != null) {
            addWithAlias(candidates, undated);
        }
        return candidates;
    }

    private static void addWithAlias(List<String> candidates, String name) {
        candidates.add(name);
        String alias = ALIASES.get(name);
        if (alias != null) {
            candidates.add(alias);
        }
    }

    /** Returns a fine-tuned model without its owner: {@code ft:gpt-4o-mini-2024-07-18:acme::abc}. */
    private static String tuned(String name) {
        int owner = name.indexOf(':', FINE_TUNED.length());
        return name.startsWith(FINE_TUNED) && owner > 0 ? name.substring(0, owner) : name;
    }

    /** Returns the name of the model of which this is a dated snapshot, {@code null} if it is none. */
    static @Nullable String withoutDate(String name) {
        if (!Character.isDigit(name.isEmpty() ? ' ' : name.charAt(name.length() - 1))) {
            return null;
        }
        for (Pattern snapshot : Snapshots.NAMES) {
            Matcher matcher = snapshot.matcher(name);
            if (matcher.matches() && isDate(matcher.group(2).replace("-", ""))) {
                return matcher.group(1);
            }
        }
        return null;
    }

    private static boolean isDate(String digits) {
        try {
            IsoDate.of(digits.substring(0, 4) + "-" + digits.substring(4, 6) + "-" + digits.substring(6));
            return true;
        } catch (DateTimeException e) {
            // They only look like a date.
            return false;
        }
    }

    /** A class of its own, so that only names that may have a date pay for the patterns. */
    private static final class Snapshots {

        /** Names before a date: of models, of OpenAI's completion models with a revision, of Anthropic's models. */
        static final List<Pattern> NAMES = List.of(
                Pattern.compile("(.+)-(\\d{4}-\\d{2}-\\d{2})"),
                Pattern.compile("(.+):(\\d{4}-?\\d{2}-?\\d{2})-v\\d+"),
                Pattern.compile("(claude-.+)[-@](\\d{8})"));
    }
}
