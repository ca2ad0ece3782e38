package io.github.llmbudget.price;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lays price lists over each other.
 *
 * <p>Written with loops, as all that is run for the first price of a JVM: there, the machinery behind lambdas and behind
 * the hash codes of records takes longer to load than the list to read.
 *
 * @param lists the lists; a row of a later one replaces an earlier one's for the same
 * @param day the day whose prices hold
 */
record Merge(List<PriceList> lists, LocalDate day) {

    /** Returns the price of a model by its exact name, {@code null} if no list has one. */
    @Nullable
    ModelPrice price(@Nullable String provider, String model) {
        String service = provider == null ? onlyServiceOf(model) : provider;
        List<PriceRow> rows = rows(service, model);
        if (rows.isEmpty()) {
            return null;
        }
        if (service != null) {
            addMissing(rows, rows(service, PriceRow.ANY_MODEL));
        }
        return new ModelPrice(model, rows);
    }

    /** Returns the price that a service has for models that are not listed, {@code null} if it has none. */
    @Nullable
    ModelPrice anyModel(String provider, String model) {
        ModelPrice price = new ModelPrice(model, rows(provider, PriceRow.ANY_MODEL));
        return price.isBilledByTokens() ? price : null;
    }

    /** Returns the one service that has a model; of several, the one whose format all speak, or none. */
    private @Nullable String onlyServiceOf(String model) {
        String only = null;
        boolean several = false;
        for (PriceList list : lists) {
            for (PriceRow row : list.rowsOf(model)) {
                if (Providers.COMPATIBLE.equals(row.provider())) {
                    return Providers.COMPATIBLE;
                }
                several |= only != null && row.provider() != null && !only.equals(row.provider());
                only = row.provider() == null ? only : row.provider();
            }
        }
        return several ? null : only;
    }

    private List<PriceRow> rows(@Nullable String provider, String model) {
        List<PriceRow> merged = new ArrayList<>();
        for (PriceList list : lists) {
            List<PriceRow> rows = provider == null ? list.rowsOf(model) : list.rowsOf(provider, model);
            // Within a list, what is said of a service goes before what is said of any.
            put(merged, rows, null);
            if (provider != null) {
                put(merged, rows, provider);
            }
        }
        return merged;
    }

    private void put(List<PriceRow> merged, List<PriceRow> rows, @Nullable String provider) {
        List<PriceRow> added = new ArrayList<>();
        for (PriceRow row : rows) {
            if (row.holdsOn(day) && Objects.equals(provider, row.provider())) {
                removeReplaced(merged, row);
                added.add(row);
            }
        }
        merged.addAll(added);
    }

    private static void removeReplaced(List<PriceRow> merged, PriceRow row) {
        for (Iterator<PriceRow> listed = merged.iterator(); listed.hasNext(); ) {
            if (listed.next().isForTheSameCaseAs(row)) {
                listed.remove();
            }
        }
    }

    private static void addMissing(List<PriceRow> rows, List<PriceRow> ofAnyModel) {
        int own = rows.size();
        for (PriceRow listed : ofAnyModel) {
            if (!isKnown(rows, own, listed)) {
                rows.add(listed);
            }
        }
    }

    private static boolean isKnown(List<PriceRow> rows, int first, PriceRow row) {
        for (int i = 0; i < first; i++) {
            PriceRow known = rows.get(i);
            if (known.component() == row.component() && Objects.equals(known.kind(), row.kind())) {
                return true;
            }
        }
        return false;
    }
}
