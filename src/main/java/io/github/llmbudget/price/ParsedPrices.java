package io.github.llmbudget.price;

import io.github.llmbudget.config.ConfigurationException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A list whose rows were read one by one and found not to contradict each other. */
final class ParsedPrices extends PriceList {

    private final Map<String, List<PriceRow>> byModel = new TreeMap<>();
    private final String name;
    private final String sha256;
    private @Nullable LocalDate asOf;

    /**
     * Begins without rows.
     *
     * @param name the name shown in messages
     * @param sha256 the digest of the text that has them
     */
    ParsedPrices(String name, String sha256) {
        this.name = name;
        this.sha256 = sha256;
    }

    void asOf(LocalDate day) {
        this.asOf = day;
    }

    /**
     * Adds a row.
     *
     * @throws ConfigurationException if it contradicts one that is there
     */
    void add(PriceRow row, ListLine line) {
        List<PriceRow> ofModel = byModel.computeIfAbsent(row.model(), model -> new ArrayList<>());
        for (PriceRow other : ofModel) {
            complaint(row, other).ifPresent(complaint -> {
                throw line.wrong(complaint);
            });
        }
        ofModel.add(row);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable LocalDate asOf() {
        return asOf;
    }

    @Override
    public List<PriceRow> rowsOf(String model) {
        return byModel.getOrDefault(model, List.of());
    }

    @Override
    public Set<String> models() {
        return byModel.keySet();
    }

    @Override
    String sha256() {
        return sha256;
    }

    private static Optional<String> complaint(PriceRow row, PriceRow other) {
        if (!row.holdsBeside(other)) {
            return Optional.empty();
        }
        if (row.isForTheSameAs(other)) {
            return Optional.of("a second price for the same component, tier and time");
        }
        return dearCache(row, other).or(() -> dearCache(other, row));
    }

    private static Optional<String> dearCache(PriceRow cached, PriceRow whole) {
        return !cached.component().isCacheWrite()
                        && cached.component().wholeOfWhichItIsAPart() == whole.component()
                        && Objects.equals(cached.step(), whole.step())
                        && price(cached).compareTo(price(whole)) > 0
                ? Optional.of("reading from the cache costs more than not reading from it: "
                        + cached.component().id() + " " + cached.usd().toPlainString() + " and "
                        + whole.component().id() + " " + whole.usd().toPlainString())
                : Optional.empty();
    }

    private static BigDecimal price(PriceRow row) {
        return row.costOf(BigDecimal.ONE);
    }
}
