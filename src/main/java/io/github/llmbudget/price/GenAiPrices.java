package io.github.llmbudget.price;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.llmbudget.config.ConfigurationException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue of genai-prices: providers with models, whose prices may be dated, stepped, or bound to hours. */
final class GenAiPrices {

    static final String NAME = "genai-prices";

    private static final long MILLION = 1_000_000;
    private static final long THOUSAND = 1000;
    private static final long SECONDS_OF_AN_HOUR = 3600;
    private static final String MIDNIGHT = "00:00";

    /** What only the second edition has; the first is frozen. */
    private static final Set<String> UNITS_OF_THE_SECOND_EDITION =
            Set.of("cache_write_1h_mtok", "web_searches_kcount", "storage_searches_kcount", "input_image_mtok");

    /** Services under the names that the catalogue gives, where these are not ours. */
    private static final Map<String, String> SERVICES =
            Map.of("aws", "bedrock", "moonshotai", "moonshot", "voyageai", "voyage");

    /**
     * What a unit is the price of.
     *
     * @param component what for
     * @param kind the tool, if it is one
     * @param per how many the price is for
     */
    private record Meaning(
            PriceComponent component, @Nullable String kind, long per) {}

    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            Map.entry("input_mtok", new Meaning(PriceComponent.INPUT, null, MILLION)),
            Map.entry("cache_read_mtok", new Meaning(PriceComponent.CACHED_INPUT, null, MILLION)),
            Map.entry("cache_write_mtok", new Meaning(PriceComponent.CACHE_WRITE, null, MILLION)),
            Map.entry("cache_write_1h_mtok", new Meaning(PriceComponent.CACHE_WRITE_ONE_HOUR, null, MILLION)),
            Map.entry("output_mtok", new Meaning(PriceComponent.OUTPUT, null, MILLION)),
            Map.entry("input_audio_mtok", new Meaning(PriceComponent.AUDIO_INPUT, null, MILLION)),
            Map.entry("cache_audio_read_mtok", new Meaning(PriceComponent.CACHED_AUDIO_INPUT, null, MILLION)),
            Map.entry("output_audio_mtok", new Meaning(PriceComponent.AUDIO_OUTPUT, null, MILLION)),
            Map.entry("input_image_mtok", new Meaning(PriceComponent.IMAGE_INPUT, null, MILLION)),
            Map.entry("cache_image_read_mtok", new Meaning(PriceComponent.CACHED_IMAGE_INPUT, null, MILLION)),
            Map.entry("output_image_mtok", new Meaning(PriceComponent.IMAGE_OUTPUT, null, MILLION)),
            Map.entry("audio_hours", new Meaning(PriceComponent.SECOND, null, SECONDS_OF_AN_HOUR)),
            Map.entry("input_audio_hours", new Meaning(PriceComponent.SECOND, null, SECONDS_OF_AN_HOUR)),
            Map.entry("requests_kcount", new Meaning(PriceComponent.CALL, "request", THOUSAND)),
            Map.entry("web_searches_kcount", new Meaning(PriceComponent.CALL, "web_search", THOUSAND)),
            Map.entry("storage_searches_kcount", new Meaning(PriceComponent.CALL, "file_search", THOUSAND)));

    private final ImportedRows rows;
    private int matchedByPattern;

    GenAiPrices(ImportedRows rows) {
        this.rows = rows;
    }

    static boolean isOne(JsonElement json) {
        return json instanceof JsonArray providers
                && !providers.isEmpty()
                && providers.get(0) instanceof JsonObject provider
                && provider.has("id")
                && provider.has("models");
    }

    void read(JsonArray providers) {
        if (!isOfTheSecondEdition(providers)) {
            throw new ConfigurationException(
                    "This is the first edition of genai-prices' data.json, whose prices are no longer"
                            + " kept up. Take new_data/v2/data.json.");
        }
        for (JsonElement element : providers) {
            JsonObject provider = element.getAsJsonObject();
            String id = provider.get("id").getAsString().toLowerCase(Locale.ROOT);
            String service = Providers.canonical(SERVICES.getOrDefault(id, id));
            if (rows.wants(service) && provider.get("models") instanceof JsonArray models) {
                models.forEach(model -> readModel(service, model.getAsJsonObject()));
            }
        }
        if (matchedByPattern > 0) {
            rows.remark(
                    NAME,
                    matchedByPattern
                            + " models go by patterns there, of which only their own and their exact names are taken");
        }
    }

    private static boolean isOfTheSecondEdition(JsonArray providers) {
        String text = providers.toString();
        return UNITS_OF_THE_SECOND_EDITION.stream().anyMatch(unit -> text.contains("\"" + unit + "\""));
    }

    private void readModel(String service, JsonObject model) {
        String id = model.get("id").getAsString().toLowerCase(Locale.ROOT);
        Set<String> names = new LinkedHashSet<>(List.of(id));
        matchedByPattern += addExactNames(names, model.get("match")) ? 0 : 1;
        List<Period> periods = periods(id, model.get("prices"));
        for (String name : names) {
            if (name.contains(",")) {
                rows.remark(name, "is no name that a list can hold, and is left out");
            } else {
                periods.forEach(period -> add(service, name, period));
            }
        }
    }

    /** Adds the names that a rule names in full; tells whether there is nothing else in it. */
    private static boolean addExactNames(Set<String> names, @Nullable JsonElement rule) {
        if (!(rule instanceof JsonObject match)) {
            return true;
        }
        boolean exact = true;
        for (Entry<String, JsonElement> clause : match.entrySet()) {
            if (clause.getKey().equals("equals")) {
                names.add(clause.getValue().getAsString().toLowerCase(Locale.ROOT));
            } else if (clause.getKey().equals("or") && clause.getValue() instanceof JsonArray alternatives) {
                for (JsonElement alternative : alternatives) {
                    exact &= addExactNames(names, alternative);
                }
            } else {
                exact = false;
            }
        }
        return exact;
    }

    /**
     * Prices and when they hold.
     *
     * @param prices the prices by unit
     * @param from the first day
     * @param until the last day
     * @param windows the hours, none for any
     */
    private record Period(
            JsonObject prices,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            List<TimeWindow> windows) {}

    /** Orders prices by time. Those that are bound to hours hold within the period of those they stand behind. */
    private List<Period> periods(String id, @Nullable JsonElement prices) {
        if (prices instanceof JsonObject always) {
            return List.of(new Period(always, null, null, List.of()));
        }
        List<Period> periods = new ArrayList<>();
        if (!(prices instanceof JsonArray entries)) {
            return periods;
        }
        for (int i = 0; i < entries.size(); i++) {
            JsonObject entry = entries.get(i).getAsJsonObject();
            if (entry.get("prices") instanceof JsonObject dated) {
                LocalDate from = date(entry);
                List<TimeWindow> windows = windows(id, entry);
                if (!windows.isEmpty()) {
                    from = periods.isEmpty() ? null : periods.get(periods.size() - 1).from;
                }
                periods.add(new Period(dated, from, lastDayBefore(entries, i + 1), windows));
            }
        }
        return periods;
    }

    private static @Nullable LocalDate lastDayBefore(JsonArray entries, int next) {
        for (int i = next; i < entries.size(); i++) {
            LocalDate from = date(entries.get(i).getAsJsonObject());
            if (from != null) {
                return from.minusDays(1);
            }
        }
        return null;
    }

    private static @Nullable LocalDate date(JsonObject entry) {
        return entry.get("constraint") instanceof JsonObject constraint
                        && constraint.get("start_date") instanceof JsonPrimitive date
                ? LocalDate.parse(date.getAsString())
                : null;
    }

    /** Reads hours of the day; those that pass midnight are two windows. */
    private List<TimeWindow> windows(String id, JsonObject entry) {
        if (!(entry.get("constraint") instanceof JsonObject constraint) || !constraint.has("start_time")) {
            return List.of();
        }
        String start = constraint.get("start_time").getAsString();
        String end = constraint.get("end_time").getAsString();
        if (!start.matches("\\d\\d:\\d\\d:00Z") || !end.matches("\\d\\d:\\d\\d:00Z")) {
            rows.remark(
                    id, "the hours " + start + " to " + end + " are no full minutes in UTC, and are taken for none");
            return List.of();
        }
        String from = start.substring(0, MIDNIGHT.length());
        String until = end.substring(0, MIDNIGHT.length());
        if (until.equals(MIDNIGHT) || from.compareTo(until) < 0) {
            return List.of(window(from, until));
        }
        return List.of(window(from, MIDNIGHT), window(MIDNIGHT, until));
    }

    private static TimeWindow window(String from, String until) {
        return TimeWindow.of(from + "-" + (until.equals(MIDNIGHT) ? "24:00" : until) + "Z");
    }

    private void add(String service, String name, Period period) {
        if (period.prices.size() == 0) {
            addFree(service, name, period);
            return;
        }
        for (Entry<String, JsonElement> price : period.prices.entrySet()) {
            Meaning meaning = MEANINGS.get(price.getKey());
            if (meaning == null) {
                rows.remark(name, price.getKey() + " has no place in a list, and is left out");
            } else if (price.getValue() instanceof JsonPrimitive usd) {
                add(service, name, period, price.getKey(), meaning, null, usd.getAsBigDecimal());
            } else if (price.getValue() instanceof JsonObject stepped) {
                addSteps(service, name, period, price.getKey(), meaning, stepped);
            }
        }
    }

    /** Says of a model without any price that it is free: that is what the catalogue means by it. */
    private void addFree(String service, String name, Period period) {
        for (String unit : List.of("input_mtok", "output_mtok")) {
            add(service, name, period, unit, Objects.requireNonNull(MEANINGS.get(unit)), null, BigDecimal.ZERO);
        }
    }

    private void addSteps(
            String service, String name, Period period, String unit, Meaning meaning, JsonObject stepped) {
        add(service, name, period, unit, meaning, null, stepped.get("base").getAsBigDecimal());
        for (JsonElement element : stepped.getAsJsonArray("tiers")) {
            JsonObject tier = element.getAsJsonObject();
            InputStep step = new InputStep(false, tier.get("start").getAsLong());
            add(service, name, period, unit, meaning, step, tier.get("price").getAsBigDecimal());
        }
    }

    private void add(
            String service,
            String name,
            Period period,
            String unit,
            Meaning meaning,
            @Nullable InputStep step,
            BigDecimal price) {
        BigDecimal usd = rows.price(name, unit, price, 1);
        if (usd == null) {
            return;
        }
        List<@Nullable TimeWindow> windows = new ArrayList<>(period.windows);
        if (windows.isEmpty()) {
            windows.add(null);
        }
        for (TimeWindow window : windows) {
            rows.add(new PriceRow(
                    service,
                    name,
                    meaning.component,
                    meaning.kind,
                    meaning.per,
                    usd,
                    step,
                    ModelPrice.STANDARD,
                    null,
                    period.from,
                    period.until,
                    window,
                    NAME,
                    rows.checked(),
                    NAME));
        }
    }
}
