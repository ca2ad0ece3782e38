package io.github.llmbudget.report.page;

import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.price.PriceComponent;
import io.github.llmbudget.price.PriceLine;
import io.github.llmbudget.price.PriceRow;
import io.github.llmbudget.price.Usd;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Something that was used at a price.
 *
 * @param line what was used, and the price
 */
record PriceUse(PriceLine line) {

    private static final int MILLION = 1_000_000;

    String what() {
        return line.row().what();
    }

    /** Returns under which conditions the price holds, empty if under any. */
    String conditions() {
        return String.join(", ", line.row().conditions());
    }

    String quantity() {
        BigDecimal bare = line.quantity().stripTrailingZeros();
        return bare.scale() <= 0 ? TextTable.count(bare.longValue()) : bare.toPlainString();
    }

    /** Returns the price, for as many as it is given for. */
    String price() {
        PriceRow row = line.row();
        if (line.component() == PriceComponent.REPORTED) {
            return "its own figure";
        }
        String per = row.per() == 1 ? "each" : row.per() == MILLION ? "/ 1M" : "/ " + TextTable.count(row.per());
        return Usd.exact(row.usd()) + " " + per;
    }

    String cost() {
        return Usd.exact(line.usd());
    }

    /** Returns the sum to check by hand: {@code 1,840 × $0.25 / 1M = $0.00046}. */
    String sum() {
        if (line.component() == PriceComponent.REPORTED) {
            return cost() + ", " + line.list();
        }
        return quantity() + " × " + price() + " = " + cost();
    }

    /** Tells whether the source is an address that a reader may follow. */
    boolean isLink() {
        String source = line.row().source().toLowerCase(Locale.ROOT);
        return source.startsWith("https://") || source.startsWith("http://");
    }

    /** Returns when the price was last found at its source, or since when it holds. */
    String dated() {
        PriceRow row = line.row();
        if (row.checked() != null) {
            return "checked " + row.checked();
        }
        return row.from() == null ? "-" : "from " + row.from();
    }
}
