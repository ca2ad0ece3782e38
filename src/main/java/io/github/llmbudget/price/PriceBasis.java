package io.github.llmbudget.price;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * What the prices of a run are taken from.
 *
 * @param asOf the day whose prices hold
 * @param lists the lists, the last one uppermost
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PriceBasis(LocalDate asOf, List<PriceListId> lists) {

    /**
     * Copies the lists.
     *
     * @param asOf the day whose prices hold
     * @param lists the lists, the last one uppermost
     * @throws IllegalArgumentException if there is no list
     */
    public PriceBasis {
        Objects.requireNonNull(asOf, "asOf");
        lists = List.copyOf(lists);
        if (lists.isEmpty()) {
            throw new IllegalArgumentException("prices are taken from at least one list");
        }
    }

    /** Returns the basis for a reader: {@code built-in list of 2026-11-10, sha-256 0f1e2d3c4b5a, as of 2026-09-01}. */
    @Override
    public String toString() {
        String named = lists.stream().map(PriceListId::toString).collect(Collectors.joining(" + "));
        return asOf.equals(lists.get(0).asOf()) ? named : named + ", as of " + asOf;
    }
}
