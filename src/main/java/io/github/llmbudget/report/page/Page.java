package io.github.llmbudget.report.page;

import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.report.TestUsage;
import io.github.llmbudget.report.Totals;
import io.github.llmbudget.report.UsageReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param report the report
 * @param isPassed whether no test failed or is over its budget
 * @param style how the page looks
 * @param script what it can do
 * @param rows the rows of the table that stand in the page
 * @param data all rows, {@code null} if all of them stand in the page
 * @param anchors the places of the tests that findings speak of, by the ids of the tests
 * @param shown the places that the page has
 * @param tests the pages of tests, made one after the other
 * @param leftOut how many tests have calls but no page
 */
record Page(
        UsageReport report,
        boolean isPassed,
        Inline style,
        Inline script,
        List<TestRow> rows,
        @Nullable String data,
        Map<String, String> anchors,
        Set<String> shown,
        Iterable<TestPage> tests,
        int leftOut) {

    String policy() {
        return "default-src 'none'; style-src " + style.source() + "; script-src " + script.source()
                + "; img-src data:; base-uri 'none'; form-action 'none'";
    }

    /** Returns the link to a test's page, {@code null} if the page has none. */
    @Nullable
    String href(TestRow row) {
        return shown.contains(row.anchor()) ? Anchors.href(row.anchor()) : null;
    }

    /** Returns the link to the page of a test that findings speak of, {@code null} if there is none. */
    @Nullable
    String href(TestUsage test) {
        String anchor = anchors.get(test.id());
        return anchor == null || !shown.contains(anchor) ? null : Anchors.href(anchor);
    }

    TokenParts tokens() {
        return TokenParts.of(report.totals());
    }

    List<ShareRow> roles() {
        return ShareRow.of(report.roles(), report.totals());
    }

    List<ShareRow> packages() {
        return ShareRow.of(report.packages(), report.totals());
    }

    List<ShareRow> classes() {
        return ShareRow.of(report.classes(), report.totals());
    }

    List<ModelRow> models() {
        return ModelRow.of(report.models(), report.totals());
    }

    /** Returns what a price list lacks, each line once. */
    List<String> missingPrices() {
        return report.models().stream()
                .flatMap(model -> model.missingPrices().stream())
                .distinct()
                .toList();
    }

    /** Returns what is not reported of the calls, in words. */
    String quality() {
        Totals totals = report.totals();
        List<String> rest = new ArrayList<>();
        add(totals.estimated(), "estimated", rest);
        add(totals.partial(), "counted in part", rest);
        add(totals.uncounted(), "unknown", rest);
        add(totals.unpriced(), "unpriced", rest);
        return rest.isEmpty() ? "none estimated, none unknown" : String.join(" · ", rest);
    }

    /** Returns the block that the page's script reads; it is no script, so no policy stops it. */
    String dataHtml() {
        return "<script type=\"text/plain\" id=\"data\">" + data + "</script>";
    }

    private static void add(int calls, String what, List<String> rest) {
        if (calls > 0) {
            rest.add(TextTable.count(calls) + " " + what);
        }
    }
}
