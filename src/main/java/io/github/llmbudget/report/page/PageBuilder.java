package io.github.llmbudget.report.page;

import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.report.Conversation;
import io.github.llmbudget.report.Findings;
import io.github.llmbudget.report.Standing;
import io.github.llmbudget.report.TestUsage;
import io.github.llmbudget.report.Totals;
import io.github.llmbudget.report.UsageReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the page in one pass over the tests; the pages of single tests are made while they are written. */
final class PageBuilder {

    /** A page with more rows than this has but the first of them, and the others as data: a browser lays them all out. */
    static final int MOST_STATIC_ROWS = 1_000;

    private static final int FIRST_ROWS = 200;

    /** Of the pages of tests in a page with all rows, and in one with rows as data, which are large themselves. */
    private static final long MOST_CHARACTERS = 14_000_000;

    private static final long MOST_CHARACTERS_BESIDE_DATA = 2_500_000;
    private static final long CHARACTERS_OF_A_TEST = 2_500;
    private static final long CHARACTERS_OF_A_CALL = 1_700;

    /** The places that the page has for itself. */
    private static final List<String> OWN_PLACES = List.of(
            "overview",
            "tests",
            "tests-title",
            "budget",
            "row",
            "data",
            "shares",
            "shares-title",
            "models",
            "models-title",
            "findings",
            "findings-title",
            "environment",
            "environment-title");

    private final UsageReport report;
    private final Anchors anchors = new Anchors();
    private final Map<String, String> found = new HashMap<>();
    private final List<TestRow> rows = new ArrayList<>();
    private final @Nullable RowData data;
    private final Queue<Candidate> candidates = new PriorityQueue<>(Collections.reverseOrder());
    private final ColumnWidths widths = new ColumnWidths();
    private final long most;
    private boolean isPassed = true;

    PageBuilder(UsageReport report) {
        this.report = report;
        this.data = report.tests().size() > MOST_STATIC_ROWS ? new RowData() : null;
        this.most = data == null ? MOST_CHARACTERS : MOST_CHARACTERS_BESIDE_DATA;
        OWN_PLACES.forEach(anchors::take);
    }

    Page build() {
        Set<String> worthALook = idsOf(report.findings());
        report.tests().forEach(test -> add(test, worthALook));
        List<Candidate> chosen = chosen();
        Set<String> shown = new HashSet<>();
        chosen.forEach(candidate -> shown.add(candidate.anchor));
        return new Page(
                report,
                isPassed,
                Inline.read("style", "page.css").after(widths.style()),
                Inline.read("script", "page.js"),
                rows,
                data == null ? null : data.text(),
                found,
                shown,
                () -> chosen.stream()
                        .map(candidate -> TestPage.of(candidate.anchor, candidate.test))
                        .iterator(),
                report.tests().size() - chosen.size());
    }

    private void add(TestUsage test, Set<String> worthALook) {
        List<CallUsage> calls = test.callsForSeveralLooks();
        Totals totals = Totals.of(calls);
        String anchor = anchors.take(test.name());
        TestRow row = TestRow.of(anchor, test, calls, totals);
        widths.add(row);
        if (data == null || rows.size() < FIRST_ROWS) {
            rows.add(row);
        }
        if (data != null) {
            data.add(row);
        }
        boolean isWorthALook = worthALook.contains(test.id());
        if (isWorthALook) {
            found.putIfAbsent(test.id(), anchor);
        }
        candidates.add(new Candidate(
                test,
                anchor,
                row.standing(),
                isWorthALook || !test.earlierAttempts().isEmpty(),
                totals.listCost().usd(),
                CHARACTERS_OF_A_TEST + CHARACTERS_OF_A_CALL * calls.size() + charactersOfConversations(calls)));
        if (candidates.size() * CHARACTERS_OF_A_TEST > most) {
            candidates.remove(); // The least important one.
        }
        isPassed &= test.outcome() != TestUsage.Outcome.OVER_BUDGET && test.outcome() != TestUsage.Outcome.FAILED;
    }

    private static long charactersOfConversations(List<CallUsage> calls) {
        long characters = 0;
        for (CallUsage call : calls) {
            Conversation conversation = call.conversation();
            characters += conversation == null
                    ? 0
                    : conversation.request().length() + conversation.answer().length();
        }
        return characters;
    }

    /** Takes what matters most until there is enough. */
    private List<Candidate> chosen() {
        List<Candidate> byImportance = new ArrayList<>(candidates);
        Collections.sort(byImportance);
        List<Candidate> chosen = new ArrayList<>();
        long characters = 0;
        for (Candidate candidate : byImportance) {
            if (characters + candidate.characters <= most) {
                characters += candidate.characters;
                chosen.add(candidate);
            }
        }
        return chosen;
    }

    private static Set<String> idsOf(Findings findings) {
        Set<String> ids = new HashSet<>();
        Stream.of(findings.slowest(), findings.dearest(), findings.largest())
                .flatMap(List::stream)
                .forEach(call -> ids.add(call.test().id()));
        findings.repeated()
                .forEach(request -> ids.add(request.calls().get(0).test().id()));
        findings.loose().forEach(limit -> ids.add(limit.test().id()));
        return ids;
    }

    private record Candidate(
            TestUsage test, String anchor, Standing standing, boolean isWorthALook, BigDecimal cost, long characters)
            implements Comparable<Candidate> {

        /** The more important one is the first; written out, for it is asked a million times. */
        @Override
        public int compareTo(Candidate other) {
            int byStanding = rank().compareTo(other.rank());
            if (byStanding != 0) {
                return byStanding;
            }
            return isWorthALook == other.isWorthALook ? other.cost.compareTo(cost) : isWorthALook ? -1 : 1;
        }

        private Standing rank() {
            return standing == Standing.ABORTED ? Standing.FINE : standing;
        }
    }
}
