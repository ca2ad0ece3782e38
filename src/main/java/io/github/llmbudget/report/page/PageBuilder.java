package io.github.llmbudget.report.page;

import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.report.Conversation;
import io.github.llmbudget.report.Findings;
import io.github.llmbudget.report.TestUsage;
import io.github.llmbudget.report.Totals;
import io.github.llmbudget.report.UsageReport;
import java.math.BigDecimal;
import java.util.ArrayDeque;
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

    private static final long MOST_CHARACTERS_OF_TESTS = 2_500_000;
    private static final long CHARACTERS_OF_A_TEST = 2_500;
    private static final long CHARACTERS_OF_A_CALL = 1_700;
    private static final int MOST_TESTS = (int) (MOST_CHARACTERS_OF_TESTS / CHARACTERS_OF_A_TEST);

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
    private final Queue<Candidate> candidates;
    private boolean isPassed = true;

    PageBuilder(UsageReport report) {
        this.report = report;
        this.data = report.tests().size() > MOST_STATIC_ROWS ? new RowData() : null;
        this.candidates = data == null ? new ArrayDeque<>() : new PriorityQueue<>(Collections.reverseOrder());
        OWN_PLACES.forEach(anchors::take);
    }

    Page build() {
        Set<String> worthALook = idsOf(report.findings());
        report.tests().forEach(test -> add(test, worthALook));
        List<Candidate> chosen = data == null ? List.copyOf(candidates) : chosen();
        Set<String> shown = new HashSet<>();
        chosen.forEach(candidate -> shown.add(candidate.anchor));
        return new Page(
                report,
                isPassed,
                Inline.read("style", "page.css"),
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
        List<CallUsage> calls = List.copyOf(test.calls()); // They are unpacked once only.
        Totals totals = Totals.of(calls);
        String anchor = anchors.take(test.name());
        TestRow row = TestRow.of(anchor, test, calls, totals);
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
                row.status(),
                isWorthALook,
                totals.listCost().usd(),
                CHARACTERS_OF_A_TEST + CHARACTERS_OF_A_CALL * calls.size() + charactersOfConversations(calls)));
        if (data != null && candidates.size() > MOST_TESTS) {
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
            characters += candidate.characters;
            if (characters > MOST_CHARACTERS_OF_TESTS) {
                break;
            }
            chosen.add(candidate);
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
            TestUsage test, String anchor, Status status, boolean isWorthALook, BigDecimal cost, long characters)
            implements Comparable<Candidate> {

        /** The more important one is the first; written out, for it is asked a million times. */
        @Override
        public int compareTo(Candidate other) {
            int byStatus = rank().compareTo(other.rank());
            if (byStatus != 0) {
                return byStatus;
            }
            return isWorthALook == other.isWorthALook ? other.cost.compareTo(cost) : isWorthALook ? -1 : 1;
        }

        private Status rank() {
            return status == Status.ABORTED ? Status.PASSED : status;
        }
    }
}
