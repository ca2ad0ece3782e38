package io.github.llmbudget.price;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.config.NearestNames;
import java.math.BigDecimal;
import java.net.URL;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Knows what tokens cost: the price list built in, and over it, component by component, lists of the user's own. A
 * model is found by its exact name, by an alias, or by the name of a dated snapshot; a name that merely looks alike is
 * not a match.
 *
 * <p>The lists are read when the first price is asked for. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class PriceCatalog {

    /** The list on the test class path that is read if it is there: {@value}. */
    public static final String CLASS_PATH_LIST = "llm-prices.csv";

    private static final String BUILT_IN = "built-in list";
    private static final Map<String, String> ALIASES = Map.of(
            "gpt-35-turbo", "gpt-3.5-turbo",
            "gpt-35-turbo-16k", "gpt-3.5-turbo-16k",
            "gpt-35-turbo-instruct", "gpt-3.5-turbo-instruct");

    /** {@code gpt-4o-2024-08-06}, and as legacy completions answer: {@code gpt-3.5-turbo-instruct:20230824-v2}. */
    private static final Pattern SNAPSHOT =
            Pattern.compile("(.+?)(?:-(\\d{4})-(\\d{2})-(\\d{2})|:(\\d{4})-?(\\d{2})-?(\\d{2})-v\\d+)");

    private final List<PriceList> lists;
    private final LocalDate asOf;
    private final Map<String, Optional<ModelPrice>> found = new ConcurrentHashMap<>();

    private PriceCatalog(List<PriceList> lists, LocalDate asOf) {
        this.lists = lists;
        this.asOf = asOf;
    }

    /**
     * Returns the catalogue of the list built in, at its own date.
     *
     * @return the catalogue
     */
    public static PriceCatalog builtIn() {
        return of(List.of(), null);
    }

    /**
     * Lays lists over the one built in.
     *
     * @param overrides the user's lists; later ones win
     * @param asOf the day whose prices hold, {@code null} for the date of the list built in
     * @return the catalogue
     */
    public static PriceCatalog of(List<PriceList> overrides, @Nullable LocalDate asOf) {
        List<PriceList> lists = new ArrayList<>();
        lists.add(BuiltIn.LIST);
        lists.addAll(overrides);
        LocalDate builtInDate = Objects.requireNonNull(BuiltIn.LIST.asOf(), "the list built in has no date");
        return new PriceCatalog(List.copyOf(lists), asOf == null ? builtInDate : asOf);
    }

    /**
     * Reads the user's list on the class path.
     *
     * @param loader the class loader of the tests
     * @return the list, empty if there is none
     * @throws io.github.llmbudget.config.ConfigurationException if it cannot be read
     */
    public static Optional<PriceList> onClassPath(ClassLoader loader) {
        return Optional.ofNullable(loader.getResource(CLASS_PATH_LIST))
                .map(resource -> PriceList.read(CLASS_PATH_LIST, resource));
    }

    /**
     * Returns what a call costs by the price list, whoever answered it.
     *
     * @param call the call
     * @return its list cost
     */
    public Cost costOf(LlmCall call) {
        if (call.countSource() == CountSource.UNKNOWN) {
            return call.isUncounted() ? Cost.UNKNOWN : Cost.NOTHING;
        }
        if (call.tokens().equals(TokenCounts.NONE)) {
            return Cost.NOTHING;
        }
        String model = call.model();
        return model == null
                ? Cost.UNKNOWN
                : priceOf(model).map(price -> costOf(call, price)).orElse(Cost.UNKNOWN);
    }

    /**
     * Tells what a call used that has no price, though its model has one.
     *
     * @param call the call
     * @return what is missing, empty if the model has no price at all
     */
    public List<MissingPrice> missingPrices(LlmCall call) {
        String model = call.model();
        return model == null
                ? List.of()
                : priceOf(model).map(price -> Bill.of(call, price).missing()).orElse(List.of());
    }

    /**
     * A price that no list has.
     *
     * @param model the model in the price lists
     * @param component what was used
     * @param tier the service tier that served the call
     */
    public record MissingPrice(String model, PriceComponent component, String tier) {}

    /**
     * Finds the price of a model.
     *
     * @param model its name, in any case
     * @return the price on the day of this catalogue, empty if no list has one
     */
    public Optional<ModelPrice> priceOf(String model) {
        return found.computeIfAbsent(model, this::find);
    }

    /**
     * Finds the known models whose names are nearest to one that is not known.
     *
     * @param model the name
     * @param limit how many to return at most
     * @return the names, the nearest first
     */
    public List<String> nearestNames(String model, int limit) {
        return NearestNames.of(model.toLowerCase(Locale.ROOT), models(), limit);
    }

    /**
     * Returns all models that have a price.
     *
     * @return their names, in order
     */
    public Collection<String> models() {
        Set<String> models = new TreeSet<>();
        lists.forEach(list -> models.addAll(list.models()));
        return models;
    }

    /**
     * Returns the name of a model without the date of a snapshot.
     *
     * @param model for example {@code gpt-4o-2024-08-06}
     * @return for example {@code gpt-4o}; the same name if it has no date
     */
    public String withoutSnapshotDate(String model) {
        return baseOfSnapshot(model).orElse(model);
    }

    /**
     * Returns the day a model's last price ended, if it has none now because it ended.
     *
     * @param model the name
     * @return the last day that had a price
     */
    public Optional<LocalDate> expiryOf(String model) {
        return lists.stream()
                .flatMap(list -> list.ratesOf(model.toLowerCase(Locale.ROOT)).stream())
                .map(Rate::until)
                .filter(Objects::nonNull)
                .filter(until -> until.isBefore(asOf))
                .max(LocalDate::compareTo);
    }

    /**
     * Returns the day whose prices hold.
     *
     * @return the day
     */
    public LocalDate asOf() {
        return asOf;
    }

    /**
     * Returns the lists and the day, for a reader.
     *
     * @return for example {@code built-in list, 2026-11-10}
     */
    public String describe() {
        return String.join(" + ", lists.stream().map(PriceList::name).toList()) + ", " + asOf;
    }

    private Optional<ModelPrice> find(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return exactOrAlias(name).or(() -> baseOfSnapshot(name).flatMap(this::exactOrAlias));
    }

    private Optional<ModelPrice> exactOrAlias(String name) {
        return exact(name).or(() -> Optional.ofNullable(ALIASES.get(name)).flatMap(this::exact));
    }

    private Optional<ModelPrice> exact(String name) {
        List<Rate> holding = holdingRatesOf(name);
        return holding.isEmpty() ? Optional.empty() : Optional.of(new ModelPrice(name, holding));
    }

    /** Returns the rates of the day, where a later list replaces what an earlier one says of the same component. */
    private List<Rate> holdingRatesOf(String name) {
        List<Rate> merged = new ArrayList<>();
        Set<List<Object>> taken = new HashSet<>();
        for (int i = lists.size() - 1; i >= 0; i--) {
            List<Rate> rates = lists.get(i).ratesOf(name).stream()
                    .filter(rate -> rate.holdsOn(asOf))
                    .toList();
            rates.stream().filter(rate -> !taken.contains(place(rate))).forEach(merged::add);
            rates.forEach(rate -> taken.add(place(rate)));
        }
        return merged;
    }

    private static List<Object> place(Rate rate) {
        return List.of(rate.component(), rate.tier());
    }

    private static Optional<String> baseOfSnapshot(String name) {
        Matcher matcher = SNAPSHOT.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int date = matcher.group(2) != null ? 2 : 5;
        try {
            LocalDate.of(
                    Integer.parseInt(matcher.group(date)),
                    Integer.parseInt(matcher.group(date + 1)),
                    Integer.parseInt(matcher.group(date + 2)));
        } catch (DateTimeException e) {
            // Digits that are no date are part of the name.
            return Optional.empty();
        }
        return Optional.of(matcher.group(1));
    }

    /**
     * Tells which tools a service ran for a call and bills by use. The price lists have tokens only, so the cost of such
     * a call is more than that of its tokens.
     *
     * @param call the call
     * @return the names of the tools
     */
    public Set<String> unpricedTools(LlmCall call) {
        return call.toolCalls().keySet();
    }

    private Cost costOf(LlmCall call, ModelPrice price) {
        return Bill.of(call, price).cost(call.countSource(), unpricedTools(call));
    }

    /** The lines of one call, as they add up. */
    private static final class Bill {

        private final ModelPrice price;
        private final @Nullable String servedTier;
        private final long inputTokens;
        private final List<PriceLine> lines = new ArrayList<>();
        private final List<MissingPrice> missing = new ArrayList<>();

        private Bill(ModelPrice price, @Nullable String servedTier, long inputTokens) {
            this.price = price;
            this.servedTier = servedTier;
            this.inputTokens = inputTokens;
        }

        /** Prices each token of input and output once, also where the service tells more of a part than of the whole. */
        static Bill of(LlmCall call, ModelPrice price) {
            TokenCounts tokens = call.tokens();
            long cached = Math.min(tokens.cachedInput(), tokens.input());
            long written = Math.min(tokens.cacheWrite(), tokens.input() - cached);
            long audioInput = Math.min(tokens.audioInput(), tokens.input() - cached - written);
            long audioOutput = Math.min(tokens.audioOutput(), tokens.output());
            Bill bill = new Bill(price, call.serviceTier(), tokens.input());
            bill.add(tokens.input() - cached - written - audioInput, PriceComponent.INPUT);
            bill.add(cached, PriceComponent.CACHED_INPUT, PriceComponent.INPUT);
            bill.add(written, PriceComponent.CACHE_WRITE, PriceComponent.INPUT);
            bill.add(audioInput, PriceComponent.AUDIO_INPUT);
            bill.add(tokens.output() - audioOutput, PriceComponent.OUTPUT);
            bill.add(audioOutput, PriceComponent.AUDIO_OUTPUT);
            return bill;
        }

        private void add(long tokens, PriceComponent... firstPriced) {
            if (tokens == 0) {
                return;
            }
            String tier = ModelPrice.tier(servedTier);
            for (PriceComponent component : firstPriced) {
                Optional<BigDecimal> rate = price.usdPerMillion(component, servedTier, inputTokens);
                if (rate.isPresent()) {
                    lines.add(new PriceLine(price.model(), component, tier, tokens, rate.get()));
                    return;
                }
            }
            missing.add(new MissingPrice(price.model(), firstPriced[0], tier));
        }

        List<MissingPrice> missing() {
            return missing;
        }

        Cost cost(CountSource source, Set<String> unpricedTools) {
            if (lines.isEmpty()) {
                return missing.isEmpty() ? Cost.NOTHING : Cost.UNKNOWN;
            }
            BigDecimal usd = lines.stream().map(PriceLine::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
            Cost.Exactness exactness =
                    source == CountSource.ESTIMATED ? Cost.Exactness.ESTIMATED : Cost.Exactness.EXACT;
            return new Cost(
                    usd, missing.isEmpty() && unpricedTools.isEmpty() ? exactness : Cost.Exactness.PARTIAL, lines);
        }
    }

    /** Holds the list apart, so that it is not read before a price is asked for. */
    private static final class BuiltIn {

        static final PriceList LIST = load();

        private static PriceList load() {
            URL resource = Objects.requireNonNull(
                    PriceCatalog.class.getResource("openai-prices.csv"), "the list built in is missing");
            return PriceList.read(BUILT_IN, resource);
        }
    }
}
