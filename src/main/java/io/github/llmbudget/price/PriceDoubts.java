package io.github.llmbudget.price;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Why prices may not be those of today: the list is old, the price has ended since, or a change is known. */
final class PriceDoubts {

    private static final int DAYS_A_LIST_IS_TRUSTED = 45;

    private final List<PriceList> lists;
    private final LocalDate asOf;
    private final LocalDate today;

    /** By the row itself: a model's rows are the same ones in all its calls. */
    private final Map<PriceRow, Set<String>> byRow = Collections.synchronizedMap(new IdentityHashMap<>());

    /**
     * Looks at prices on a day.
     *
     * @param lists the lists
     * @param asOf the day whose prices hold
     * @param today the day on which they are looked at
     */
    PriceDoubts(List<PriceList> lists, LocalDate asOf, LocalDate today) {
        this.lists = lists;
        this.asOf = asOf;
        this.today = today;
    }

    boolean areOf(LocalDate day) {
        return today.equals(day);
    }

    Set<String> about(Cost cost) {
        Set<String> doubts = new LinkedHashSet<>();
        for (PriceLine line : cost.lines()) {
            if (line.component() != PriceComponent.REPORTED) {
                doubts.addAll(byRow.computeIfAbsent(line.row(), this::about));
            }
        }
        return doubts;
    }

    private Set<String> about(PriceRow row) {
        Set<String> doubts = new LinkedHashSet<>();
        addAge(doubts, row);
        addEnd(doubts, row);
        addChange(doubts, row);
        return doubts;
    }

    private void addAge(Set<String> doubts, PriceRow row) {
        lists.stream()
                .map(PriceList::id)
                .filter(id -> id.name().equals(row.list()) && id.asOf() != null)
                .forEach(id -> {
                    LocalDate listDay = Objects.requireNonNull(id.asOf());
                    long days = ChronoUnit.DAYS.between(listDay, today);
                    if (days > DAYS_A_LIST_IS_TRUSTED) {
                        doubts.add("the " + id.name() + " is of " + listDay + ", " + days + " days ago");
                    }
                });
    }

    private void addEnd(Set<String> doubts, PriceRow row) {
        if (row.until() != null && row.until().isBefore(today)) {
            doubts.add("the price of " + row.model() + " was known until " + row.until() + " only");
        }
    }

    private void addChange(Set<String> doubts, PriceRow row) {
        lists.stream()
                .flatMap(list -> list.rowsOf(row.model()).stream())
                .filter(other -> other.component() == row.component()
                        && Objects.equals(other.provider(), row.provider())
                        && other.serviceTier().equals(row.serviceTier()))
                .map(PriceRow::from)
                .filter(from -> from != null && from.isAfter(asOf))
                .min(LocalDate::compareTo)
                .ifPresent(from -> doubts.add("the price of " + row.model()
                        + (from.isAfter(today) ? " changes on " : " changed on ") + from));
    }
}
