package io.github.llmbudget.report.page;

import io.github.llmbudget.report.Share;
import io.github.llmbudget.report.Totals;
import java.util.List;
import java.util.Locale;

/**
 * What a role, a package or a class cost, as a row.
 *
 * @param name its name
 * @param tests how many tests have calls in it
 * @param totals the sums
 * @param width its share of all costs, in thousandths
 */
record ShareRow(String name, int tests, Totals totals, int width) {

    /** The rows that a table has at most. */
    static final int MOST = 200;

    static List<ShareRow> of(List<Share> shares, Totals all) {
        return shares.stream()
                .limit(MOST)
                .map(share -> new ShareRow(
                        share.name(),
                        share.tests(),
                        share.totals(),
                        Bar.permille(
                                share.totals().listCost().usd(), all.listCost().usd())))
                .toList();
    }

    /** Returns the name of a role in words. */
    String roleName() {
        return name.toLowerCase(Locale.ROOT);
    }
}
