package io.github.llmbudget.price;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.config.NearestNames;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Knows what calls cost: the price list built in, and over it, row by row, other lists. A model is found at the service
 * that answered, as far as it is known, by its exact name, by an alias, or by the name of a dated snapshot; a name that
 * merely looks alike is not a match. What has no price is said to have none; it never costs nothing.
 *
 * <p>What the service itself says a call cost goes before all lists.
 *
 * <pre>{@code
 * PriceCatalog prices = PriceCatalog.builder()
 *         .list(PriceList.read(Path.of("prices.csv")))
 *         .asOf(LocalDate.of(2026, 9, 1))
 *         .build();
 * Cost cost = prices.costOf(call);
 * }</pre>
 *
 * <p>The list built in is read when the first price is asked for. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class PriceCatalog {

    private static final String SAYS_WHAT_IT_CHARGES = "openrouter";
    private static final String FREE_VARIANT = ":free";

    /** Stands for no price among those that were looked for. */
    private static final ModelPrice NONE = new ModelPrice("", List.of());

    private final List<PriceList> added;
    private final Map<String, String> deploymentNames;
    private final @Nullable Deployments deployments;
    private final @Nullable PriceDate pinned;
    private final boolean mockedAtAnyHour;
    private final Map<String, ModelPrice> found = new ConcurrentHashMap<>();
    private volatile @Nullable PriceDoubts doubts;

    private PriceCatalog(
            List<PriceList> added,
            Map<String, String> deployments,
            @Nullable PriceDate pinned,
            boolean mockedAtAnyHour) {
        this.added = added;
        this.deploymentNames = deployments;
        this.deployments = deployments.isEmpty() ? null : new Deployments(deployments);
        this.pinned = pinned;
        this.mockedAtAnyHour = mockedAtAnyHour;
    }

    /**
     * Returns the catalogue of the list built in, at its own date.
     *
     * @return the catalogue
     */
    public static PriceCatalog builtIn() {
        return new PriceCatalog(List.of(), Map.of(), null, false);
    }

    /**
     * Begins a catalogue of the list built in.
     *
     * @return a builder, to which other lists can be added
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins a catalogue that differs from this one.
     *
     * @return a builder with all that this one has
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.lists.addAll(added);
        builder.deployments = deploymentNames;
        builder.pinned = pinned;
        builder.mockedAtAnyHour = mockedAtAnyHour;
        return builder;
    }

    /**
     * Returns what a call costs, whoever answered it.
     *
     * @param call the call
     * @return its list cost
     */
    public Cost costOf(LlmCall call) {
        BigDecimal reported = call.reportedCost();
        if (reported != null && isBelieved(reported, call)) {
            return Cost.reported(reported, call);
        }
        if (usedNothing(call)) {
            return Cost.NOTHING;
        }
        Bill bill = billOf(call);
        return bill == null ? Cost.UNKNOWN : bill.cost();
    }

    /** Some services report zero where they do not know; where nothing is charged, the name or the service says so. */
    private static boolean isBelieved(BigDecimal reported, LlmCall call) {
        return reported.signum() > 0
                || call.tokens().total() == 0
                || SAYS_WHAT_IT_CHARGES.equals(call.provider())
                || (call.model() != null && call.model().endsWith(FREE_VARIANT));
    }

    private static boolean usedNothing(LlmCall call) {
        return call.countSource() == CountSource.UNKNOWN
                ? call.status() == CallStatus.FAILED
                : call.countSource() != CountSource.PARTIAL
                        && call.tokens().total() == 0
                        && call.toolCalls().isEmpty()
                        && call.audioDuration() == null
                        && call.characters() == null
                        && call.images().isEmpty();
    }

    private @Nullable Bill billOf(LlmCall call) {
        ModelPrice price = priceOf(call);
        return price == null ? null : Bill.of(call, price, Conditions.of(call, timeOf(call)));
    }

    /** Returns the time that decides where a price depends on the hour, {@code null} if any hour may be meant. */
    private @Nullable Instant timeOf(LlmCall call) {
        if (pinned != null && pinned.time() != null) {
            return pinned.time();
        }
        boolean anyHour = mockedAtAnyHour && call.origin() == Origin.MOCK && (pinned == null || !pinned.hasHour());
        Instant asked = call.timing().asked();
        return anyHour || asked.equals(CallTiming.UNKNOWN.start()) ? null : asked;
    }

    /**
     * Tells what a call used that has no price, though its model has one.
     *
     * @param call the call
     * @return what is missing, empty if the model has no price at all
     */
    public List<MissingPrice> missingPrices(LlmCall call) {
        Bill bill = costOf(call).isComplete() ? null : billOf(call);
        return bill == null ? List.of() : bill.missing();
    }

    /**
     * Finds the price of the model that answered a call.
     *
     * @param call the call
     * @return the price on the day of this catalogue, empty if no list has one
     */
    public Optional<ModelPrice> priceFor(LlmCall call) {
        return Optional.ofNullable(priceOf(call));
    }

    private @Nullable ModelPrice priceOf(LlmCall call) {
        ModelName deployed = deployments == null ? null : deployments.modelOf(call);
        String model = resolve(call).model();
        if (model == null) {
            return null;
        }
        if (deployed != null && deployed.provider() != null) {
            return known(deployed.provider(), model);
        }
        ModelPrice price = known(call.provider(), model);
        return price == null && (deployed != null || isServiceOpen(call)) ? known(null, model) : price;
    }

    /** A mocked call has no service. What speaks OpenAI's format may then be any. */
    private static boolean isServiceOpen(LlmCall call) {
        return call.origin() == Origin.MOCK && Providers.COMPATIBLE.equals(call.provider());
    }

    /**
     * Tells whether the model of a call has a price, but not at the service that was called.
     *
     * @param call the call
     * @return whether another service has the model
     */
    public boolean isKnownElsewhere(LlmCall call) {
        String model = resolve(call).model();
        return model != null
                && priceFor(call).isEmpty()
                && ModelName.candidates(ModelName.of(model).name()).stream().anyMatch(models()::contains);
    }

    /**
     * Names the model in a call that the configuration says was meant, where requests name deployments.
     *
     * @param call the call
     * @return the call with that model as the answered one, unless the answer names a snapshot of it
     */
    public LlmCall resolve(LlmCall call) {
        return deployments == null ? call : deployments.resolve(call);
    }

    /**
     * Finds the price of a model at whatever service has it.
     *
     * @param model its name, in any case
     * @return the price on the day of this catalogue, empty if no list has one, or several services have
     */
    public Optional<ModelPrice> priceOf(String model) {
        return priceOf(null, model);
    }

    /**
     * Finds the price of a model at a service.
     *
     * @param provider the service, {@code null} if it is not known: then the one that has the model; where several have
     *     it, none of them but OpenAI
     * @param model its name, in any case
     * @return the price on the day of this catalogue, empty if no list has one
     */
    public Optional<ModelPrice> priceOf(@Nullable String provider, String model) {
        return Optional.ofNullable(known(provider, model));
    }

    private @Nullable ModelPrice known(@Nullable String provider, String model) {
        String key = provider + " " + model;
        ModelPrice price = found.get(key);
        if (price == null) {
            price = find(provider, model);
            found.put(key, price == null ? NONE : price);
        }
        return price == NONE ? null : price;
    }

    private @Nullable ModelPrice find(@Nullable String named, String model) {
        String provider = named == null ? null : Providers.canonical(named);
        String whole = model.toLowerCase(Locale.ROOT);
        Merge merge = new Merge(lists(), asOf());
        ModelPrice price = merge.price(provider, whole);
        if (price == null) {
            price = byAnotherName(merge, provider, whole);
        }
        return price == null && provider != null ? merge.anyModel(provider, whole) : price;
    }

    private static @Nullable ModelPrice byAnotherName(Merge merge, @Nullable String provider, String name) {
        ModelPrice price = byCandidates(merge, provider, name);
        ModelName apart = ModelName.of(name);
        return price == null && apart.provider() != null && mayBe(provider, apart.provider())
                ? byCandidates(merge, apart.provider(), apart.name())
                : price;
    }

    /** Tells whether a service that is named before a model may be the one that answered: gateways speak OpenAI's format. */
    private static boolean mayBe(@Nullable String provider, String named) {
        return provider == null || provider.equals(named) || provider.equals(Providers.COMPATIBLE);
    }

    private static @Nullable ModelPrice byCandidates(Merge merge, @Nullable String provider, String name) {
        for (String candidate : ModelName.candidates(name)) {
            ModelPrice price = merge.price(provider, candidate);
            if (price != null) {
                return price;
            }
        }
        return null;
    }

    private List<PriceList> lists() {
        List<PriceList> lists = new ArrayList<>();
        lists.add(BuiltInPrices.list());
        lists.addAll(added);
        return lists;
    }

    /**
     * Finds the known models whose names are nearest to one that is not known.
     *
     * @param model the name
     * @param limit how many to return at most
     * @return the names, the nearest first
     */
    public List<String> nearestNames(String model, int limit) {
        return NearestNames.like(ModelName.of(model).name(), models(), limit);
    }

    /**
     * Returns all models that have a price.
     *
     * @return their names, in order
     */
    public Collection<String> models() {
        Set<String> models = new TreeSet<>();
        lists().forEach(list -> models.addAll(list.models()));
        models.remove(PriceRow.ANY_MODEL);
        return models;
    }

    /**
     * Returns the name of a model without the date of a snapshot.
     *
     * @param model for example {@code gpt-4o-2024-08-06}
     * @return for example {@code gpt-4o}; the same name if it has no date
     */
    public String withoutSnapshotDate(String model) {
        String undated = ModelName.withoutDate(model);
        return undated == null ? model : undated;
    }

    /**
     * Returns the day the last price of a call's model ended, if it has none now because it ended.
     *
     * @param call the call
     * @return the last day that had a price
     */
    public Optional<LocalDate> expiryOf(LlmCall call) {
        String model = resolve(call).model();
        return model == null
                ? Optional.empty()
                : ModelName.candidates(ModelName.of(model).name()).stream()
                        .flatMap(name -> lists().stream().flatMap(list -> list.rowsOf(name).stream()))
                        .map(PriceRow::until)
                        .filter(Objects::nonNull)
                        .filter(until -> until.isBefore(asOf()))
                        .max(LocalDate::compareTo);
    }

    /**
     * Tells why the prices of a cost may not be those of today.
     *
     * @param cost a cost that this catalogue made
     * @param today the day
     * @return a clause each, none if nothing speaks against the prices
     */
    public Set<String> doubtsAbout(Cost cost, LocalDate today) {
        PriceDoubts known = doubts;
        if (known == null || !known.areOf(today)) {
            known = new PriceDoubts(lists(), asOf(), today);
            doubts = known;
        }
        return known.about(cost);
    }

    /**
     * Returns the day whose prices hold.
     *
     * @return the day
     */
    public LocalDate asOf() {
        return pinned != null
                ? pinned.day()
                : Objects.requireNonNull(BuiltInPrices.list().asOf(), "the list built in has a date");
    }

    /**
     * Returns what the prices are taken from.
     *
     * @return lists and day
     */
    public PriceBasis basis() {
        return new PriceBasis(asOf(), lists().stream().map(PriceList::id).toList());
    }

    /** Builds a {@link PriceCatalog}. Not safe for use by several threads at once. */
    public static final class Builder {

        private final List<PriceList> lists = new ArrayList<>();
        private Map<String, String> deployments = Map.of();
        private @Nullable PriceDate pinned;
        private boolean mockedAtAnyHour;

        private Builder() {}

        /**
         * Lays a list over those that are there: its rows replace theirs for the same component, tier, step and hours.
         *
         * @param list the list
         * @return this
         */
        public Builder list(PriceList list) {
            lists.add(list);
            return this;
        }

        /**
         * Lays lists over those that are there.
         *
         * @param more the lists, the last one uppermost
         * @return this
         */
        public Builder lists(Collection<PriceList> more) {
            lists.addAll(more);
            return this;
        }

        /**
         * Sets the day whose prices hold. Prices that depend on the hour follow the calls.
         *
         * @param day the day, by default the date of the list built in
         * @return this
         */
        public Builder asOf(LocalDate day) {
            return asOf(new PriceDate(day, null, false));
        }

        /**
         * Sets the time whose prices hold, whenever a call is made.
         *
         * @param time the time
         * @return this
         */
        public Builder asOf(Instant time) {
            return asOf(new PriceDate(LocalDate.ofInstant(time, ZoneOffset.UTC), time, false));
        }

        /**
         * Sets the day or the time whose prices hold.
         *
         * @param date the date
         * @return this
         */
        public Builder asOf(PriceDate date) {
            this.pinned = date;
            return this;
        }

        /**
         * Lets mocked calls cost the same whenever they are made: where a price depends on the hour, the dearest one holds,
         * unless the date has an hour.
         *
         * @return this
         */
        public Builder mockedAtAnyHour() {
            this.mockedAtAnyHour = true;
            return this;
        }

        /**
         * Says which models the names stand for that requests give.
         *
         * @param deployments models by name, such as {@code gpt-4o} or {@code azure/gpt-4o} by {@code support-bot}
         * @return this
         */
        public Builder deployments(Map<String, String> deployments) {
            this.deployments = deployments;
            return this;
        }

        /**
         * Builds the catalogue.
         *
         * @return the catalogue
         */
        public PriceCatalog build() {
            return new PriceCatalog(List.copyOf(lists), Map.copyOf(deployments), pinned, mockedAtAnyHour);
        }
    }
}
