package io.github.llmbudget.price;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What one model costs on one day: the rows of all lists that hold then, of which a later list's row has replaced an
 * earlier one's for the same. Immutable, hence safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ModelPrice {

    /** The service tier of calls that ask for nothing special: {@value}. */
    public static final String STANDARD = "standard";

    private static final String FAST = "fast";
    private static final String PRIORITY = "priority";

    private final String model;
    private final Map<PriceComponent, List<PriceRow>> rows = new EnumMap<>(PriceComponent.class);
    private final Set<String> regions = new HashSet<>();
    private boolean fast;
    private boolean windows;
    private boolean tokens;
    private boolean freeTokens = true;

    ModelPrice(String model, List<PriceRow> rows) {
        this.model = model;
        for (PriceRow row : rows) {
            List<PriceRow> ofComponent = this.rows.get(row.component());
            if (ofComponent == null) {
                ofComponent = new ArrayList<>();
                this.rows.put(row.component(), ofComponent);
            }
            ofComponent.add(row);
            windows |= row.window() != null;
            freeTokens &= !row.component().isTokens() || row.usd().signum() == 0;
            tokens |= row.component().isTokens();
            fast |= row.serviceTier().equals(FAST);
            if (row.region() != null) {
                regions.add(row.region());
            }
        }
    }

    /**
     * Returns the model's name in the price lists.
     *
     * @return the name
     */
    public String model() {
        return model;
    }

    /**
     * Returns the rows that hold on the day.
     *
     * @return the rows, in no particular order
     */
    public List<PriceRow> rows() {
        return rows.values().stream().flatMap(List::stream).toList();
    }

    /**
     * Returns the rows as a price list, which {@link PriceList} reads.
     *
     * @return the list, of which the first line names the columns
     */
    public String toList() {
        return PriceListWriter.write(null, List.of(), rows());
    }

    /**
     * Finds the price of tokens, where hours and regions make no difference.
     *
     * @param component what for
     * @param servedTier the service tier named in the answer, {@code null} if it named none
     * @param inputTokens all input tokens of the request, which decide where the price has steps
     * @return the price of a million tokens in USD, empty if the lists have none
     */
    public Optional<BigDecimal> usdPerMillion(PriceComponent component, @Nullable String servedTier, long inputTokens) {
        PriceRow found = find(component, null, new Conditions(tier(servedTier), null, inputTokens, null));
        return Optional.ofNullable(found).map(row -> row.costOf(BigDecimal.valueOf(1_000_000)));
    }

    /** Finds the row that holds under given conditions, {@code null} if there is none. */
    @Nullable
    PriceRow find(PriceComponent component, @Nullable String kind, Conditions conditions) {
        String tier = conditions.serviceTier().equals(FAST) && !fast ? PRIORITY : conditions.serviceTier();
        String region = regions.contains(conditions.region()) ? conditions.region() : null;
        PriceRow best = null;
        for (PriceRow row : rows.getOrDefault(component, List.of())) {
            if (row.serviceTier().equals(tier)
                    && Objects.equals(row.region(), region)
                    && (row.kind() == null || row.kind().equals(kind))
                    && (row.step() == null || row.step().holdsFor(conditions.inputTokens()))
                    && (row.window() == null
                            || conditions.at() == null
                            || row.window().holds(conditions.at()))
                    && (best == null || goesBefore(row, best, conditions))) {
                best = row;
            }
        }
        return best;
    }

    /** Finds what one use of a tool costs, which is the same at all service tiers, {@code null} if it has no price. */
    @Nullable
    PriceRow fee(String tool) {
        return find(PriceComponent.CALL, tool, Conditions.ORDINARY);
    }

    private static boolean goesBefore(PriceRow row, PriceRow other, Conditions conditions) {
        if ((row.kind() == null) != (other.kind() == null)) {
            return other.kind() == null;
        }
        if (row.stepTokens() != other.stepTokens()) {
            return row.stepTokens() > other.stepTokens();
        }
        // Nobody knows the hour: then it is the dearest one.
        return conditions.at() == null
                ? row.costOf(BigDecimal.ONE).compareTo(other.costOf(BigDecimal.ONE)) > 0
                : row.window() != null && other.window() == null;
    }

    /** Tells whether the list has a price of a component at all, at whatever tier. */
    boolean knows(PriceComponent component) {
        return rows.containsKey(component);
    }

    /** Tells whether the model is billed by tokens. */
    boolean isBilledByTokens() {
        return tokens;
    }

    /** Tells whether the tokens cost nothing, however many there are. */
    boolean isFree() {
        return tokens && freeTokens;
    }

    /** Tells whether the hour makes a difference. */
    boolean dependsOnTheHour() {
        return windows;
    }

    /** Tells whether a request with so many input tokens has another price than a small one. */
    boolean stepsUpTo(long inputTokens) {
        return rows().stream().map(PriceRow::step).anyMatch(step -> step != null && step.holdsFor(inputTokens));
    }

    /** Returns the name that price lists have for a service tier. */
    static String tier(@Nullable String servedTier) {
        if (servedTier == null) {
            return STANDARD;
        }
        String tier = servedTier.toLowerCase(Locale.ROOT);
        return switch (tier) {
            case "", "auto", "default", "on_demand" -> STANDARD;
            case "on_demand_flex" -> "flex";
            case "on_demand_priority" -> PRIORITY;
            default -> tier;
        };
    }
}
