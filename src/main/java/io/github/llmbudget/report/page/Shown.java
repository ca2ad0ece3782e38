package io.github.llmbudget.report.page;

import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.price.Usd;
import io.github.llmbudget.report.Figures;
import io.github.llmbudget.report.Totals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words and figures of the page, the same ones wherever they stand. */
final class Shown {

    /** As many decimals in all tables, so that the costs of a column can be compared at a glance. */
    static final Figures FIGURES = new Figures(Usd.USUAL_SCALE + 1);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int MILLIS_OF_TEN_SECONDS = 10_000;

    private Shown() {}

    static String model(@Nullable String model) {
        return model == null ? "(no model named)" : model;
    }

    static String orDash(long tokens) {
        return tokens == 0 ? "-" : TextTable.count(tokens);
    }

    static String cost(Totals totals) {
        boolean isUnpriced =
                totals.listCost().usd().signum() == 0 && !totals.listCost().isComplete() && totals.unpriced() > 0;
        return isUnpriced ? "unpriced" : FIGURES.money(totals.listCost());
    }

    /** A share of parts that are not known is none; whoever counts a text does not see what a cache has of it. */
    static String cacheHits(Totals totals) {
        if (totals.inputSource() == CountSource.REPORTED) {
            return totals.tokens().input() == 0 ? "-" : percent(totals.cachedShare());
        }
        return totals.tokens().cachedInput() == 0 ? "unknown" : "~" + percent(totals.cachedShare());
    }

    static String percent(BigDecimal share) {
        BigDecimal percent = share.movePointRight(2);
        int scale = percent.signum() > 0 && percent.compareTo(BigDecimal.TEN) < 0 ? 1 : 0;
        return percent.setScale(scale, RoundingMode.HALF_UP).toPlainString() + "%";
    }

    static String time(@Nullable Instant time) {
        return time == null ? "unknown" : TIME.format(time);
    }

    static String duration(Duration duration) {
        long millis = duration.toMillis();
        return millis < MILLIS_OF_TEN_SECONDS
                ? TextTable.count(millis) + " ms"
                : BigDecimal.valueOf(millis, 3)
                                .setScale(1, RoundingMode.HALF_UP)
                                .toPlainString() + " s";
    }

    static String count(long number, String one) {
        return TextTable.count(number) + " " + (number == 1 ? one : one + "s");
    }
}
