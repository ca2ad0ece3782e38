package io.github.llmbudget.report;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceBasis;
import io.github.llmbudget.price.PriceListId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** What a name should not be, and reports that are full of it. */
final class HostileTexts {

    private HostileTexts() {}

    static Stream<String> texts() {
        return Stream.of(
                "<script>alert(1)</script>",
                "]]><x>&amp;&#0;",
                "\"quoted\" 'twice' `code` ``` | a \\| b \\",
                "*bold* _it_ ~~gone~~ $x^2$ [link](https://example.com) ![i](x) <!-- -->",
                "@octocat fixes #1, GH-2, www.example.com mailto:a@b.c http://x.y",
                "\u202Egpj.exe\u2066 \u200Bzero\u00ADsoft \uFEFF",
                "\u001b[2J\u001b]8;;http://x\u0007link\u009b31m \u0000 \b\b\b",
                "line 1\nline 2\r\nline 3\u2028line 4\u0085line 5\t",
                "\uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \u4E2D\u6587 \uD800 half \uDC00 \uFFFE \uFFFF",
                "Z\u0301\u0302\u0303\u0304\u0305\u0306algo" + "\u0315".repeat(5_000),
                "</details></summary>\n\n# Title\n\n| a | b |\n|---|---|\n---\n> quote\n- item",
                "x".repeat(10_000),
                "\u4E2D".repeat(10_000),
                " ",
                "");
    }

    /** Puts a text wherever a report has a name. */
    static UsageReport report(String text) {
        LlmCall call = LlmCall.of(Operation.CHAT, text)
                .provider(text)
                .tokens(TokenCounts.of(10, 1), CountSource.REPORTED)
                .countNote(text)
                .anomalies(List.of(text))
                .build();
        Limit limit = new Limit(Metric.TOKENS, BigDecimal.TEN, "@MaxTokens(10) " + text, text)
                .warningAt(new BigDecimal("0.5"));
        List<TestUsage> tests = Stream.of(TestUsage.Outcome.values())
                .map(outcome -> new TestUsage(
                        TestUsage.Kind.TEST,
                        outcome + text,
                        "example." + text,
                        text + "." + text,
                        outcome,
                        Reports.START,
                        Reports.START.plusMillis(1_500),
                        List.of(new CallUsage(call, Cost.UNKNOWN), Reports.call(1, 1)),
                        List.of(
                                new LimitUsage(limit, new BigDecimal("9"), true, null),
                                new LimitUsage(limit, new BigDecimal("11"), true, BudgetBreach.Kind.EXCEEDED))))
                .toList();
        PriceBasis prices = new PriceBasis(
                LocalDate.of(2026, 11, 10),
                List.of(new PriceListId(text, LocalDate.of(2026, 11, 10), "0f1e2d3c4b5a6978")));
        return new ReportBuilder(
                        new JournaledRun(List.of(Reports.JVM), List.of("lost " + text), List.of(prices), tests))
                .build(Reports.START);
    }
}
