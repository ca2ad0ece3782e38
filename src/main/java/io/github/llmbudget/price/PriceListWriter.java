package io.github.llmbudget.price;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows as a list that {@link PriceList} reads. */
final class PriceListWriter {

    private static final String COLUMNS = "provider,model,component,per,price,tier_op,tier_at,service_tier,region,ttl,"
            + "valid_from,valid_until,window,source,checked";

    private PriceListWriter() {}

    /**
     * Writes a list.
     *
     * @param asOf the day of the list, {@code null} to leave it open
     * @param comments what to say at its head, a line each
     * @param rows the rows, in any order
     */
    static String write(@Nullable LocalDate asOf, List<String> comments, List<PriceRow> rows) {
        List<String> lines = new ArrayList<>();
        if (asOf != null) {
            lines.add("# as-of: " + asOf);
        }
        comments.forEach(comment -> lines.add("# " + comment));
        lines.add(COLUMNS);
        rows.stream()
                .map(PriceListWriter::line)
                .sorted(Comparator.naturalOrder())
                .forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }

    static String line(PriceRow row) {
        InputStep step = row.step();
        return String.join(
                ",",
                text(row.provider()),
                row.model(),
                row.component().listed(row.kind()),
                Long.toString(row.per()),
                plain(row.usd()),
                step == null ? "" : step.operator(),
                step == null ? "" : Long.toString(step.tokens()),
                row.isOfStandardTier() ? "" : row.serviceTier(),
                text(row.region()),
                row.component().ttl().orElse(""),
                text(row.from()),
                text(row.until()),
                text(row.window()),
                row.source(),
                text(row.checked()));
    }

    private static String plain(BigDecimal usd) {
        return usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
