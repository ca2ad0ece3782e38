package io.github.llmbudget.report;

import io.github.llmbudget.price.PriceRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The price rows of a document, which its calls refer to by their places. */
final class PriceRows {

    private final Map<PriceRow, Integer> places = new HashMap<>();

    /** Most of the time it is the same row, and no comparison is needed. */
    private final IdentityHashMap<PriceRow, Integer> seen = new IdentityHashMap<>();

    private final List<PriceRow> rows = new ArrayList<>();

    /** Collects the rows that calls are priced by. */
    static PriceRows of(Iterable<CallUsage> calls) {
        PriceRows rows = new PriceRows();
        calls.forEach(call -> call.cost().lines().forEach(line -> rows.placeOf(line.row())));
        return rows;
    }

    /** Returns the place of a row; one that is new goes to the end. */
    int placeOf(PriceRow row) {
        Integer place = seen.get(row);
        if (place == null) {
            place = places.computeIfAbsent(row, added -> {
                rows.add(added);
                return rows.size() - 1;
            });
            seen.put(row, place);
        }
        return place;
    }

    PriceRow at(int place) {
        return rows.get(place);
    }

    List<PriceRow> all() {
        return Collections.unmodifiableList(rows);
    }
}
