package io.github.llmbudget.report.page;

import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.report.Standing;
import io.github.llmbudget.report.TestUsage;
import io.github.llmbudget.report.Totals;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A test as a row of the table: the texts that it shows.
 *
 * @param anchor the place of the test's own page
 * @param standing how it stands
 * @param kind what it is if it is no test, else empty
 * @param name its name
 * @param testClass its class
 * @param models the models it called
 * @param roles the roles of its calls
 * @param marks what else it can be filtered by
 * @param figures calls, input, cached input, output, cost
 * @param limit its tightest limit
 * @param share how much of that was used
 * @param headroom how much of the limit is left
 * @param bar the share to look at
 */
record TestRow(
        String anchor,
        Standing standing,
        String kind,
        String name,
        String testClass,
        List<String> models,
        List<String> roles,
        List<String> marks,
        List<String> figures,
        String limit,
        String share,
        String headroom,
        Bar bar) {

    /** What a row of the page's script is made from. */
    static final TestRow BLANK = new TestRow(
            "",
            Standing.FINE,
            "",
            "",
            "",
            List.of(),
            List.of(),
            List.of(),
            List.of("", "", "", "", ""),
            "",
            "",
            "",
            Bar.NONE);

    private static final List<String> NO_FIGURES = List.of("-", "-", "-", "-", "-");

    static TestRow of(String anchor, TestUsage test, List<CallUsage> calls, Totals totals) {
        Optional<LimitRow> tightest = test.tightest().map(LimitRow::new);
        return new TestRow(
                anchor,
                Standing.of(test, calls),
                kind(test.kind()),
                test.name(),
                test.testClass(),
                models(calls),
                roles(calls),
                marks(totals, calls),
                calls.isEmpty() && test.kind() != TestUsage.Kind.TEST ? NO_FIGURES : figures(totals),
                tightest.map(row -> row.limit().describeLimit()).orElse("-"),
                tightest.map(LimitRow::share).orElse("-"),
                tightest.map(LimitRow::headroom).orElse("-"),
                tightest.map(LimitRow::bar).orElse(Bar.NONE));
    }

    static String kind(TestUsage.Kind kind) {
        return switch (kind) {
            case TEST -> "";
            case REPEATED -> "all runs";
            case CLASS -> "class";
            case RUN -> "run";
        };
    }

    private static List<String> figures(Totals totals) {
        return List.of(
                TextTable.count(totals.calls()),
                Shown.FIGURES.input(totals),
                Shown.orDash(totals.tokens().cachedInput()),
                Shown.FIGURES.output(totals),
                Shown.cost(totals));
    }

    private static List<String> models(List<CallUsage> calls) {
        List<String> models = new ArrayList<>(2);
        for (CallUsage usage : calls) {
            String model = Shown.model(usage.call().model());
            // There are few, so they are looked through.
            if (!models.contains(model)) {
                models.add(model);
            }
        }
        return models;
    }

    private static List<String> roles(List<CallUsage> calls) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (CallUsage usage : calls) {
            roles.add(usage.call().role());
        }
        List<String> names = new ArrayList<>(roles.size());
        for (Role role : roles) {
            names.add(role.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static List<String> marks(Totals totals, List<CallUsage> calls) {
        List<String> marks = new ArrayList<>();
        addIf(totals.estimated() > 0, "estimated", marks);
        addIf(totals.partial() > 0, "partial", marks);
        addIf(totals.uncounted() > 0, "unknown", marks);
        addIf(totals.unpriced() > 0, "unpriced", marks);
        addIf(totals.retries() > 0, "retried", marks);
        addIf(totals.failed() > 0, "failed-calls", marks);
        for (CallUsage usage : calls) {
            addIf(!usage.call().anomalies().isEmpty() && !marks.contains("odd"), "odd", marks);
        }
        return marks;
    }

    private static void addIf(boolean condition, String mark, List<String> marks) {
        if (condition) {
            marks.add(mark);
        }
    }
}
