package io.github.llmbudget.report;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.call.TokenEstimate;
import io.github.llmbudget.price.PriceBasis;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.price.PriceList;
import io.github.llmbudget.price.PriceListId;
import io.github.llmbudget.report.TestUsage.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes usages of tests for the tests of reports. */
final class Reports {

    static final Instant START = Instant.parse("2026-11-24T10:00:00.123456Z");
    static final PriceBasis PRICES = new PriceBasis(
            LocalDate.of(2026, 11, 10),
            List.of(new PriceListId("built-in list", LocalDate.of(2026, 11, 10), "0f1e2d3c4b5a69788796a5b4c3d2e1f0")));

    static final TestJvm JVM = new TestJvm(4711, "shop", START, START.plusSeconds(9), 7);

    /** The prices of the built-in list, for which it gives no sources and no dates that change. */
    private static final PriceCatalog CATALOG = PriceCatalog.builder()
            .list(PriceList.parse("prices of the tests", """
                    provider,model,component,price
                    openai,gpt-4o,input,2.50
                    openai,gpt-4o,cached_input,1.25
                    openai,gpt-4o,output,10.00
                    """))
            .build();

    private Reports() {}

    static TestUsage test(String name, Outcome outcome, List<CallUsage> calls, List<LimitUsage> limits) {
        return new TestUsage(
                TestUsage.Kind.TEST,
                "[engine:junit-jupiter]/[class:BotTest]/[method:" + name + "()]",
                "example.BotTest",
                "BotTest." + name,
                outcome,
                START,
                START.plusMillis(1500),
                calls,
                limits);
    }

    static TestUsage test(String name, CallUsage... calls) {
        return test(name, Outcome.PASSED, List.of(calls), List.of());
    }

    static CallUsage call(long input, long output) {
        return priced(LlmCall.of(Operation.CHAT, "gpt-4o")
                .tokens(TokenCounts.of(input, output), CountSource.REPORTED)
                .build());
    }

    /** A call that has every value a call can have. */
    static CallUsage fullCall() {
        return priced(LlmCall.of(Operation.RESPONSES, "gpt-4o")
                .provider("openai")
                .answeredModel("gpt-4o-2024-08-06")
                .serviceTier("default")
                .streaming(true)
                .status(CallStatus.CUT, 200)
                .tokens(new TokenCounts(2113, 1024, 1, 1, 0, 25, 655, 6, 0, 7), CountSource.ESTIMATED)
                .countNote("estimated with o200k_base: the answer broke off")
                .reportedCost(new BigDecimal("0.0105600"))
                .toolCalls(Map.of("web_search", 2L, "code_interpreter", 1L))
                .audioDuration(Duration.ofMillis(37_500))
                .anomalies(List.of("cached input of 192 exceeds input of 81", "reasoning of 9 exceeds output of 5"))
                .responseId("resp_1")
                .requestDigest("00ff00ff00ff00ff")
                .origin(Origin.LIVE)
                .role(Role.JUDGE, "judge | <b>")
                .timing(new CallTiming(START, Duration.ofMillis(3), Duration.ofMillis(412), Duration.ofMillis(1250)))
                .build());
    }

    /** A call whose reasoning nobody saw. */
    static CallUsage inPart() {
        return priced(LlmCall.of(Operation.CHAT, "gpt-4o")
                .tokens(TokenCounts.of(12, 9), CountSource.PARTIAL)
                .estimates(
                        new TokenEstimate(12, 12, Set.of(EstimateReason.UNKNOWN_MODEL)),
                        new TokenEstimate(18, 9, Set.of(EstimateReason.REASONING_HIDDEN)))
                .countNote("counted in part with o200k_base: the stream ended without usage")
                .build());
    }

    static CallUsage uncounted() {
        return priced(LlmCall.of(Operation.OTHER, null).countNote("no format").build());
    }

    static CallUsage failed() {
        return priced(LlmCall.of(Operation.CHAT, "gpt-4o")
                .status(CallStatus.FAILED, 429)
                .countNote("the call failed")
                .build());
    }

    static CallUsage unpriced() {
        return priced(LlmCall.of(Operation.CHAT, "local")
                .tokens(TokenCounts.of(1_234_567, 7), CountSource.REPORTED)
                .build());
    }

    /** A call whose request comes again. */
    static CallUsage repeated() {
        return priced(LlmCall.of(Operation.CHAT, "gpt-4o")
                .tokens(TokenCounts.of(100, 10), CountSource.REPORTED)
                .requestDigest("0123456789abcdef")
                .build());
    }

    static CallUsage conversation() {
        CallUsage call = call(4, 14);
        return new CallUsage(
                call.call(),
                call.cost(),
                List.of("local,input,<price>"),
                new Conversation("{\"messages\":[]}", "data: [DONE]"));
    }

    static LimitUsage limit(Metric metric, String max, String used, BudgetBreach.Kind breach) {
        return new LimitUsage(
                new Limit(metric, new BigDecimal(max), "@" + metric + "(" + max + ")", "BotTest"),
                new BigDecimal(used),
                breach != BudgetBreach.Kind.UNPRICED && breach != BudgetBreach.Kind.UNCOUNTED,
                breach);
    }

    /** A limit of which more was used than anybody knows. */
    static LimitUsage atLeast(LimitUsage known) {
        return new LimitUsage(known.limit(), known.used(), false, known.breach());
    }

    /** A limit on tokens, with a warning before it. */
    static LimitUsage near(String max, String used, String warnAt) {
        LimitUsage limit = limit(Metric.TOKENS, max, used, null);
        return new LimitUsage(limit.limit().warningAt(new BigDecimal(warnAt)), limit.used(), true, null);
    }

    /** A limit on tokens that tests share. */
    static LimitUsage shared(Scope scope, String max, String used) {
        LimitUsage limit = limit(Metric.TOKENS, max, used, null);
        return new LimitUsage(limit.limit().of(scope, Set.of(Role.SUBJECT)), limit.used(), true, null);
    }

    /** A line about several tests together. */
    static TestUsage whole(TestUsage.Kind kind, String name, LimitUsage limit) {
        return new TestUsage(
                kind, name, "example.BotTest", name, Outcome.PASSED, START, START, List.of(), List.of(limit));
    }

    static UsageReport report(TestUsage... tests) {
        return new ReportBuilder(new JournaledRun(List.of(JVM), List.of(), List.of(PRICES), List.of(tests)))
                .build(START);
    }

    /** One test of each kind there is, with fixed times. */
    static UsageReport varied() {
        return report(
                test(
                        "answersARefundQuestion",
                        Outcome.OVER_BUDGET,
                        List.of(call(1204, 310), fullCall(), call(4, 14)),
                        List.of(
                                limit(Metric.COST, "0.02", "0.01387625", null),
                                limit(Metric.TOKENS, "4000", "4300", BudgetBreach.Kind.EXCEEDED))),
                test(
                        "usesAModelNobodyKnows",
                        Outcome.OVER_BUDGET,
                        List.of(unpriced(), call(10, 10)),
                        List.of(limit(Metric.COST, "0.5", "0.000125", BudgetBreach.Kind.UNPRICED))),
                test(
                        "staysWithin",
                        Outcome.PASSED,
                        List.of(call(100, 10), failed()),
                        List.of(limit(Metric.CALLS, "2", "2", null))),
                test(
                        "thinksUnseen",
                        Outcome.PASSED,
                        List.of(inPart()),
                        List.of(atLeast(limit(Metric.TOKENS, "100", "21", null)))),
                test("isAborted", Outcome.ABORTED, List.of(call(0, 0)), List.of()),
                test("asksInTheDark", Outcome.FAILED, List.of(uncounted()), List.of()),
                test("parameterized(String) [1] a|b <i> `c` *d* _e_ \\ f\r\n\u0007g", call(5, 5)));
    }

    private static CallUsage priced(LlmCall call) {
        return new CallUsage(call, CATALOG.costOf(call));
    }
}
