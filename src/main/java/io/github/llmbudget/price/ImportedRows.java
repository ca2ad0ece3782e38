package io.github.llmbudget.price;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows that are made of another catalogue, and what has to be said of those that are not. */
final class ImportedRows {

    /** A binary fraction that was written out shows by its length; no price has so many digits. */
    private static final int DIGITS_OF_NOISE = 12;

    private static final MathContext WITHOUT_NOISE = new MathContext(10);

    /** No service tier and no long prompt costs so many times as much. */
    private static final BigDecimal OUT_OF_PROPORTION = BigDecimal.TEN;

    private final Set<String> providers;
    private final Set<String> free;
    private final @Nullable LocalDate checked;
    private final Map<String, List<PriceRow>> byModel = new TreeMap<>();
    private final Set<String> remarks = new LinkedHashSet<>();

    /**
     * Begins without rows.
     *
     * @param providers the services that are wanted, all if there are none
     * @param free the models of which zero is believed
     * @param checked the day the rows are of
     */
    ImportedRows(Set<String> providers, Set<String> free, @Nullable LocalDate checked) {
        this.providers = providers;
        this.free = free;
        this.checked = checked;
    }

    boolean wants(String provider) {
        return providers.isEmpty() || providers.contains(Providers.canonical(provider));
    }

    boolean isFree(String name) {
        return free.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the day the rows are of. */
    @Nullable
    LocalDate checked() {
        return checked;
    }

    void remark(String model, String clause) {
        remarks.add(model + ": " + clause);
    }

    Set<String> remarks() {
        return remarks;
    }

    /**
     * Returns the price of a number of things, without the noise of binary fractions.
     *
     * @param usd the price as the catalogue has it
     * @param times for how many of its units the price is wanted
     * @return the price, {@code null} if it is none
     */
    @Nullable
    BigDecimal price(String model, String what, BigDecimal usd, long times) {
        if (usd.signum() < 0) {
            remark(model, what + " of " + usd + " is no price");
            return null;
        }
        BigDecimal product = usd.multiply(BigDecimal.valueOf(times)).stripTrailingZeros();
        if (product.precision() < DIGITS_OF_NOISE) {
            return product;
        }
        BigDecimal rounded = product.round(WITHOUT_NOISE).stripTrailingZeros();
        remark(
                model,
                what + " of " + usd + " is taken for " + rounded.toPlainString() + (times == 1 ? "" : " per " + times));
        return rounded;
    }

    /** Adds a row, unless it repeats or contradicts one that is there. */
    void add(PriceRow row) {
        List<PriceRow> rows = byModel.computeIfAbsent(row.provider() + " " + row.model(), key -> new ArrayList<>());
        Optional<PriceRow> same = rows.stream()
                .filter(other -> other.holdsBeside(row) && other.isForTheSameAs(row))
                .findFirst();
        if (same.isEmpty()) {
            rows.add(row);
        } else if (same.get().costOf(BigDecimal.ONE).compareTo(row.costOf(BigDecimal.ONE)) != 0) {
            remark(
                    row.model(),
                    "two prices for " + described(row) + ", " + usd(same.get()) + " and " + usd(row)
                            + ", of which the first is taken");
        }
    }

    /** Returns the rows that a price list may have together. */
    List<PriceRow> kept() {
        List<PriceRow> kept = new ArrayList<>();
        for (List<PriceRow> rows : byModel.values()) {
            List<PriceRow> inProportion =
                    rows.stream().filter(row -> isInProportion(row, rows)).toList();
            inProportion.stream()
                    .filter(row -> isNoDearCache(row, inProportion))
                    .forEach(kept::add);
        }
        return kept;
    }

    private boolean isInProportion(PriceRow row, List<PriceRow> rows) {
        if (row.isOfStandardTier() && row.step() == null) {
            return true;
        }
        Optional<PriceRow> base = rows.stream()
                .filter(other -> other.isOfStandardTier()
                        && other.step() == null
                        && other.window() == null
                        && other.component() == row.component())
                .findFirst();
        boolean fits = base.isEmpty() || row.usd().compareTo(base.get().usd().multiply(OUT_OF_PROPORTION)) <= 0;
        if (!fits) {
            remark(
                    row.model(),
                    described(row) + " costs " + usd(row) + ", over ten times as much as the usual " + usd(base.get())
                            + ", and is left out");
        }
        return fits;
    }

    private boolean isNoDearCache(PriceRow row, List<PriceRow> rows) {
        Optional<PriceRow> cheaper = rows.stream()
                .filter(whole -> ParsedPrices.isDearCache(row, whole))
                .findFirst();
        cheaper.ifPresent(whole -> remark(
                row.model(),
                described(row) + " costs " + usd(row) + ", more than the " + usd(whole)
                        + " without a cache, and is left out"));
        return cheaper.isEmpty();
    }

    private static String described(PriceRow row) {
        return row.what()
                + (row.isOfStandardTier() ? "" : " at " + row.serviceTier())
                + (row.step() == null ? "" : " " + row.step());
    }

    private static String usd(PriceRow row) {
        return Usd.exact(row.usd()) + " per " + (row.per() == 1_000_000 ? "1M" : Long.toString(row.per()));
    }
}
