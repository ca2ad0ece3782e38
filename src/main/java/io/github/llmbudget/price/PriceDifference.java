package io.github.llmbudget.price;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.apiguardian.api.API;

/**
 * A price about which two lists disagree.
 *
 * @param one the row of the one list
 * @param other the row of the other list, for the same provider, model and case
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PriceDifference(PriceRow one, PriceRow other) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * Compares two lists. What only one of them has is no disagreement.
     *
     * @param one the one list
     * @param other the other list
     * @param day the day whose prices are compared
     * @return the differences, by model
     */
    public static List<PriceDifference> between(PriceList one, PriceList other, LocalDate day) {
        List<PriceDifference> differences = new ArrayList<>();
        for (String model : new TreeSet<>(one.models())) {
            List<PriceRow> others = other.rowsOf(model);
            for (PriceRow row : others.isEmpty() ? List.<PriceRow>of() : one.rowsOf(model)) {
                others.stream()
                        .filter(found -> row.holdsOn(day) && found.holdsOn(day))
                        .filter(found ->
                                Objects.equals(row.provider(), found.provider()) && row.isForTheSameCaseAs(found))
                        .filter(found -> row.costOf(BigDecimal.ONE).compareTo(found.costOf(BigDecimal.ONE)) != 0
                                || !Objects.equals(row.step(), found.step()))
                        .forEach(found -> differences.add(new PriceDifference(row, found)));
            }
        }
        return differences;
    }

    /** Returns the difference for a reader: {@code openai gpt-5.6-sol output: $20.00 and $30.00 (+50%)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (one.provider() != null) {
            text.append(one.provider()).append(' ');
        }
        text.append(one.model()).append(' ').append(one.what());
        if (!one.isOfStandardTier()) {
            text.append(" at ").append(one.serviceTier());
        }
        if (one.region() != null) {
            text.append(" in ").append(one.region());
        }
        text.append(": ").append(described(one)).append(" and ").append(described(other));
        BigDecimal before = one.costOf(BigDecimal.ONE);
        BigDecimal change = other.costOf(BigDecimal.ONE).subtract(before);
        if (before.signum() > 0 && change.signum() != 0) {
            text.append(String.format(
                    Locale.ROOT,
                    " (%+d%%)",
                    change.multiply(HUNDRED)
                            .divide(before, 0, RoundingMode.HALF_UP)
                            .toBigInteger()));
        }
        return text.toString();
    }

    private static String described(PriceRow row) {
        return Usd.exact(row.usd()) + (row.step() == null ? "" : " " + row.step());
    }
}
