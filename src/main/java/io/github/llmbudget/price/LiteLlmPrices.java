package io.github.llmbudget.price;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads LiteLLM's catalogue: one entry a model, whose keys say what is priced, above how many tokens, at which tier. */
final class LiteLlmPrices {

    static final String NAME = "LiteLLM";

    private static final String EXAMPLE = "sample_spec";
    private static final String SEARCHES = "search_context_cost_per_query";
    private static final String RANGES = "tiered_pricing";
    private static final String REACHES_ITS_STEPS = "xai";

    /** {@code input_cost_per_token_above_272k_tokens_priority}. */
    private static final Pattern KEY = Pattern.compile("(.+?)(?:_above_(\\d+)k_tokens)?(?:_(batches|flex|priority))?");

    private static final Map<String, String> TIERS = Map.of("batches", "batch", "flex", "flex", "priority", "priority");

    /** Services under the names that entries give, where these are not ours. */
    private static final Map<String, String> SERVICES = Map.of(
            "text-completion-openai", "openai",
            "cohere_chat", "cohere",
            "azure_ai", "azure",
            "azure_text", "azure",
            "bedrock_converse", "bedrock",
            "codestral", "mistral",
            "text-completion-codestral", "mistral");

    private static final Set<String> REGIONS = Set.of("eu", "us");

    /**
     * What a key is the price of.
     *
     * @param component what for
     * @param kind the tool, if it is one
     * @param per how many the row is for
     * @param priced how many the catalogue's price is for
     */
    private record Meaning(
            PriceComponent component, @Nullable String kind, long per, long priced) {

        static Meaning tokens(PriceComponent component) {
            return new Meaning(component, null, 1_000_000, 1);
        }

        static Meaning units(PriceComponent component, @Nullable String kind, long per, long priced) {
            return new Meaning(component, kind, per, priced);
        }
    }

    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            Map.entry("input_cost_per_token", Meaning.tokens(PriceComponent.INPUT)),
            Map.entry("cache_read_input_token_cost", Meaning.tokens(PriceComponent.CACHED_INPUT)),
            Map.entry("cache_creation_input_token_cost", Meaning.tokens(PriceComponent.CACHE_WRITE)),
            Map.entry("cache_creation_input_token_cost_above_1hr", Meaning.tokens(PriceComponent.CACHE_WRITE_ONE_HOUR)),
            Map.entry("output_cost_per_token", Meaning.tokens(PriceComponent.OUTPUT)),
            Map.entry("input_cost_per_audio_token", Meaning.tokens(PriceComponent.AUDIO_INPUT)),
            Map.entry("cache_read_input_audio_token_cost", Meaning.tokens(PriceComponent.CACHED_AUDIO_INPUT)),
            Map.entry("output_cost_per_audio_token", Meaning.tokens(PriceComponent.AUDIO_OUTPUT)),
            Map.entry("input_cost_per_image_token", Meaning.tokens(PriceComponent.IMAGE_INPUT)),
            Map.entry("cache_read_input_image_token_cost", Meaning.tokens(PriceComponent.CACHED_IMAGE_INPUT)),
            Map.entry("output_cost_per_image_token", Meaning.tokens(PriceComponent.IMAGE_OUTPUT)),
            Map.entry("input_cost_per_character", Meaning.units(PriceComponent.CHARACTER, null, 1_000_000, 1)),
            Map.entry("input_cost_per_second", Meaning.units(PriceComponent.SECOND, null, 60, 1)),
            Map.entry("input_cost_per_audio_per_second", Meaning.units(PriceComponent.SECOND, null, 60, 1)),
            Map.entry("output_cost_per_image", Meaning.units(PriceComponent.IMAGE, null, 1, 1)),
            Map.entry("input_cost_per_query", Meaning.units(PriceComponent.CALL, "request", 1, 1)),
            Map.entry("file_search_cost_per_1k_calls", Meaning.units(PriceComponent.CALL, "file_search", 1000, 1000)),
            Map.entry(
                    "code_interpreter_cost_per_session", Meaning.units(PriceComponent.CALL, "code_interpreter", 1, 1)));

    private final ImportedRows rows;

    LiteLlmPrices(ImportedRows rows) {
        this.rows = rows;
    }

    static boolean isOne(JsonElement json) {
        return json.isJsonObject()
                && json.getAsJsonObject().entrySet().stream()
                        .anyMatch(entry -> entry.getValue().isJsonObject()
                                && (entry.getValue().getAsJsonObject().has("litellm_provider")
                                        || entry.getValue().getAsJsonObject().has("input_cost_per_token")));
    }

    void read(JsonObject catalogue) {
        for (Entry<String, JsonElement> entry : catalogue.entrySet()) {
            if (entry.getValue().isJsonObject() && !entry.getKey().equals(EXAMPLE)) {
                read(entry.getKey(), entry.getValue().getAsJsonObject());
            }
        }
    }

    private void read(String key, JsonObject entry) {
        String service = service(entry);
        if (!rows.wants(service)) {
            return;
        }
        Set<Entry<String, BigDecimal>> prices = prices(key, entry);
        if (prices.isEmpty() && !entry.has(RANGES)) {
            rows.remark(key, "has no price that a list can hold, and is left out");
            return;
        }
        boolean allZero = !entry.has(RANGES)
                && prices.stream().allMatch(price -> price.getValue().signum() == 0);
        if (allZero && !rows.isFree(key)) {
            rows.remark(key, "costs nothing there, which may be a hole, and is left out");
            return;
        }
        Name name = name(key, service);
        if (name == null) {
            return;
        }
        prices.forEach(price -> add(key, name, price.getKey(), price.getValue()));
        if (entry.get(RANGES) instanceof JsonArray ranges) {
            ranges.forEach(range -> addRange(key, name, range));
        }
        if (entry.get(SEARCHES) instanceof JsonObject searches) {
            addSearches(key, name, searches);
        }
    }

    private static String service(JsonObject entry) {
        String named =
                entry.get("litellm_provider") instanceof JsonPrimitive provider ? provider.getAsString() : "openai";
        String service = SERVICES.getOrDefault(named, named.startsWith("vertex_ai") ? "vertex" : named);
        return Providers.canonical(service);
    }

    /** Returns the numbers at keys that are prices. */
    private Set<Entry<String, BigDecimal>> prices(String key, JsonObject entry) {
        Set<Entry<String, BigDecimal>> prices = new LinkedHashSet<>();
        for (Entry<String, JsonElement> member : entry.entrySet()) {
            Matcher matcher = KEY.matcher(member.getKey());
            boolean isPrice = matcher.matches() && MEANINGS.containsKey(matcher.group(1));
            if (isPrice && member.getValue() instanceof JsonPrimitive number && number.isNumber()) {
                prices.add(Map.entry(member.getKey(), number.getAsBigDecimal()));
            } else if (!isPrice
                    && member.getKey().contains("_cost_per_")
                    && isPositive(member.getValue())
                    && !member.getValue().equals(entry.get("output_cost_per_token"))) {
                rows.remark(key, member.getKey() + " has no place in a list, and is left out");
            }
        }
        return prices;
    }

    private static boolean isPositive(JsonElement value) {
        return value instanceof JsonPrimitive number
                && number.isNumber()
                && number.getAsBigDecimal().signum() != 0;
    }

    /**
     * The name of a model without what stands before it.
     *
     * @param service the service
     * @param region the part of the world, if the price is for one
     * @param model the model
     */
    private record Name(String service, @Nullable String region, String model) {}

    /** Takes the service and the region off a key, {@code null} if what is left names no model. */
    private @Nullable Name name(String key, String service) {
        String name = key.toLowerCase(Locale.ROOT);
        int slash = name.indexOf('/');
        boolean serviceNamed = slash > 0
                && Providers.canonical(SERVICES.getOrDefault(name.substring(0, slash), name.substring(0, slash)))
                        .equals(service);
        if (serviceNamed) {
            name = name.substring(slash + 1);
        }
        String region = null;
        slash = name.indexOf('/');
        if (serviceNamed && slash > 0 && REGIONS.contains(name.substring(0, slash))) {
            region = name.substring(0, slash);
            name = name.substring(slash + 1);
        }
        if (name.contains(",") || name.isBlank() || (service.equals("azure") && name.contains("/"))) {
            rows.remark(key, "is no name of a model that answers give, and is left out");
            return null;
        }
        return new Name(service, region, name);
    }

    private void add(String key, Name name, String priceKey, BigDecimal price) {
        Matcher matcher = KEY.matcher(priceKey);
        if (matcher.matches()) {
            InputStep step = matcher.group(2) == null
                    ? null
                    : new InputStep(name.service.equals(REACHES_ITS_STEPS), 1000 * Long.parseLong(matcher.group(2)));
            String tier = matcher.group(3) == null ? ModelPrice.STANDARD : TIERS.get(matcher.group(3));
            add(key, name, priceKey, MEANINGS.get(matcher.group(1)), step, tier, price);
        }
    }

    private void add(
            String key,
            Name name,
            String priceKey,
            @Nullable Meaning meaning,
            @Nullable InputStep step,
            @Nullable String tier,
            BigDecimal price) {
        if (meaning == null || tier == null) {
            return;
        }
        BigDecimal usd = rows.price(key, priceKey, price, meaning.per / meaning.priced);
        if (usd != null) {
            rows.add(new PriceRow(
                    name.service,
                    name.model,
                    meaning.component,
                    meaning.kind,
                    meaning.per,
                    usd,
                    step,
                    tier,
                    name.region,
                    null,
                    null,
                    null,
                    NAME,
                    rows.checked(),
                    NAME));
        }
    }

    private void addRange(String key, Name name, JsonElement element) {
        if (!(element instanceof JsonObject range)
                || !(range.get("range") instanceof JsonArray bounds)
                || bounds.isEmpty()) {
            return;
        }
        long from = bounds.get(0).getAsBigDecimal().longValue();
        InputStep step = from == 0 ? null : new InputStep(false, from);
        for (Entry<String, BigDecimal> price : prices(key, range)) {
            add(key, name, price.getKey(), MEANINGS.get(price.getKey()), step, ModelPrice.STANDARD, price.getValue());
        }
    }

    private void addSearches(String key, Name name, JsonObject searches) {
        List<BigDecimal> prices = searches.entrySet().stream()
                .map(Entry::getValue)
                .filter(LiteLlmPrices::isPositive)
                .map(JsonElement::getAsBigDecimal)
                .toList();
        if (prices.stream().map(BigDecimal::stripTrailingZeros).distinct().count() == 1) {
            add(
                    key,
                    name,
                    SEARCHES,
                    Meaning.units(PriceComponent.CALL, "web_search", 1000, 1),
                    null,
                    ModelPrice.STANDARD,
                    prices.get(0));
        } else if (!prices.isEmpty()) {
            rows.remark(
                    key,
                    "a search costs differently by the size of its context, which answers do not tell, and is left out");
        }
    }
}
