package io.github.llmbudget.price;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lays price lists over each other.
 *
 * @param lists the lists; a row of a later one replaces an earlier one's for the same
 * @param day the day whose prices hold
 */
record Merge(List<PriceList> lists, LocalDate day) {

    /** Returns the price of a model by its exact name; empty if no list has one. */
    Optional<ModelPrice> price(@Nullable String provider, String model) {
        String service = provider == null ? onlyServiceOf(model) : provider;
        Map<PriceRow.Place, ListedRow> rows = rows(service, model);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        if (service != null) {
            addMissing(rows, rows(service, PriceRow.ANY_MODEL));
        }
        return Optional.of(new ModelPrice(model, List.copyOf(rows.values())));
    }

    /** Returns the price that a service has for models that are not listed; empty if it has none. */
    Optional<ModelPrice> anyModel(String provider, String model) {
        ModelPrice price = new ModelPrice(
                model, List.copyOf(rows(provider, PriceRow.ANY_MODEL).values()));
        return Optional.of(price).filter(ModelPrice::isBilledByTokens);
    }

    private @Nullable String onlyServiceOf(String model) {
        Set<String> services = lists.stream()
                .flatMap(list -> list.rowsOf(model).stream())
                .map(PriceRow::provider)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (services.size() == 1) {
            return services.iterator().next();
        }
        return services.contains(Providers.COMPATIBLE) ? Providers.COMPATIBLE : null;
    }

    private Map<PriceRow.Place, ListedRow> rows(@Nullable String provider, String model) {
        Map<PriceRow.Place, ListedRow> merged = new LinkedHashMap<>();
        for (PriceList list : lists) {
            List<PriceRow> holding =
                    list.rowsOf(model).stream().filter(row -> row.holdsOn(day)).toList();
            // Within a list, what is said of a service goes before what is said of any.
            put(
                    merged,
                    list,
                    holding.stream().filter(row -> row.provider() == null).toList());
            if (provider != null) {
                put(
                        merged,
                        list,
                        holding.stream()
                                .filter(row -> provider.equals(row.provider()))
                                .toList());
            }
        }
        return merged;
    }

    private static void put(Map<PriceRow.Place, ListedRow> merged, PriceList list, List<PriceRow> rows) {
        rows.forEach(row -> merged.put(row.place(), new ListedRow(row, list.id())));
    }

    private static void addMissing(Map<PriceRow.Place, ListedRow> rows, Map<PriceRow.Place, ListedRow> ofAnyModel) {
        List<PriceRow.Place> own = new ArrayList<>(rows.keySet());
        ofAnyModel.forEach((place, listed) -> {
            boolean known = own.stream()
                    .anyMatch(
                            mine -> mine.component() == place.component() && Objects.equals(mine.kind(), place.kind()));
            if (!known) {
                rows.put(place, listed);
            }
        });
    }
}
