package io.github.llmbudget.price;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of services, each of which price lists call by one name only. */
final class Providers {

    /** Names that addresses, routers and other price lists use. Vertex bills Gemini as Google's own service does. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "gemini", "google",
            "vertex", "google",
            "vertex_ai", "google",
            "models", "google",
            "x-ai", "xai",
            "mistralai", "mistral");

    /** Whose format everybody speaks. */
    static final String COMPATIBLE = "openai";

    private static final Set<String> BEFORE_MODELS = Set.of(
            "openai", "azure", "anthropic", "google", "mistral", "deepseek", "groq", "xai", "cohere", "openrouter");

    private Providers() {}

    static String canonical(String provider) {
        String name = provider.toLowerCase(Locale.ROOT);
        return OTHER_NAMES.getOrDefault(name, name);
    }

    /** Tells whether a name before the slash of a model's name is that of a service. */
    static boolean isKnown(String name) {
        return BEFORE_MODELS.contains(canonical(name));
    }
}
