package io.github.llmbudget.report;

import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.price.PriceList;
import io.github.llmbudget.report.TestUsage.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole reports, for tests of what is made of them. The same ones each time. */
public final class SampleReports {

    private static final List<String> CLASSES = List.of(
            "com.acme.support.SupportBotTest",
            "com.acme.support.EscalationTest",
            "com.acme.search.SemanticSearchTest",
            "com.acme.search.ReindexTest",
            "com.acme.checkout.InvoiceSummaryTest",
            "com.acme.agents.TravelAgentTest");
    private static final List<String> VERBS =
            List.of("answers", "refuses", "summarises", "translates", "ranks", "finds");
    private static final List<String> THINGS =
            List.of("ARefundQuestion", "AnAngryCustomer", "TheLongestManual", "AnInvoice", "InGerman", "TheRightTool");
    private static final List<String> MODELS =
            List.of("gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5", "text-embedding-3-small");

    private static final PriceCatalog CATALOG =
            PriceCatalog.builder().list(PriceList.parse("acme prices", """
                    provider,model,component,price,source,checked
                    openai,gpt-4o,input,2.50,https://openai.com/api/pricing,2026-11-10
                    openai,gpt-4o,cached_input,1.25,https://openai.com/api/pricing,2026-11-10
                    openai,gpt-4o,output,10.00,https://openai.com/api/pricing,2026-11-10
                    openai,gpt-4o-mini,input,0.15,https://openai.com/api/pricing,2026-11-10
                    openai,gpt-4o-mini,cached_input,0.075,https://openai.com/api/pricing,2026-11-10
                    openai,gpt-4o-mini,output,0.60,https://openai.com/api/pricing,2026-11-10
                    openai,text-embedding-3-small,input,0.02,https://openai.com/api/pricing,2026-11-10
                    anthropic,claude-sonnet-4-5,input,3,the price page,2026-11-12
                    anthropic,claude-sonnet-4-5,cached_input,0.30,the price page,2026-11-12
                    anthropic,claude-sonnet-4-5,cache_write,3.75,the price page,2026-11-12
                    anthropic,claude-sonnet-4-5,output,15,the price page,2026-11-12
                    """)).build();

    private SampleReports() {}

    /** One test of each kind there is. */
    public static UsageReport varied() {
        return Reports.varied();
    }

    /** A run as a team may have it, with all that a report can tell. */
    public static UsageReport team() {
        List<TestUsage> tests = new ArrayList<>();
        for (int number = 0; number < 36; number++) {
            List<CallUsage> calls = new ArrayList<>();
            for (int call = 0; call <= number * 5 % 4; call++) {
                calls.add(ordinaryCall(number, call));
            }
            Outcome outcome = number % 17 == 5 ? Outcome.FAILED : number % 23 == 7 ? Outcome.ABORTED : Outcome.PASSED;
            tests.add(test(number, outcome, calls, limits(number, calls), List.of()));
        }
        tests.add(overBudget());
        tests.add(unknownModel());
        tests.add(new TestUsage(
                TestUsage.Kind.CLASS,
                "[class:com.acme.search.SemanticSearchTest]",
                CLASSES.get(2),
                "SemanticSearchTest",
                Outcome.PASSED,
                Reports.START,
                Reports.START.plusSeconds(4),
                List.of(),
                List.of(Reports.near("50000", "47000", "0.9"))));
        return new ReportBuilder(new JournaledRun(
                        List.of(Reports.JVM),
                        List.of("JVM 4712 of shop was gone before its tests were over, so those that had not ended are"
                                + " missing"),
                        List.of(Reports.PRICES),
                        tests))
                .build(Reports.START.plusSeconds(60));
    }

    /** Tests whose limits, costs and calls are not as most are, beside others so that there are as many as asked for. */
    public static UsageReport unusual(int others) {
        CallUsage gpt = priced(call("gpt-4o", 0, 1_000, 0, 500).build(), null);
        CallUsage judge = priced(
                call("gpt-4o", 0, 2_000, 0, 500).role(Role.JUDGE, "judge").build(), null);
        CallUsage unpriced = priced(call("acme-local-7b", 10, 900, 0, 120).build(), null);
        CallUsage again =
                priced(call("gpt-4o", 0, 100, 0, 10).requestDigest("again").build(), null);
        LimitUsage ofCall = Reports.limit(Metric.COST, "0.01", "0.0075", null);
        List<TestUsage> tests = new ArrayList<>(List.of(
                test(
                        0,
                        "limitsEachCall",
                        Outcome.PASSED,
                        List.of(gpt, gpt, gpt, gpt),
                        List.of(new LimitUsage(
                                ofCall.limit().of(Scope.CALL, EnumSet.of(Role.SUBJECT)), ofCall.used(), true, null)),
                        List.of()),
                test(
                        0,
                        "isJudged",
                        Outcome.PASSED,
                        List.of(gpt, judge, gpt),
                        List.of(Reports.limit(Metric.COST, "0.02", "0.015", null)),
                        List.of()),
                test(
                        1,
                        "passesUnpriced",
                        Outcome.PASSED,
                        List.of(unpriced),
                        List.of(Reports.atLeast(Reports.limit(Metric.COST, "0.02", "0", null))),
                        List.of()),
                test(
                        1,
                        "asksAgain",
                        Outcome.PASSED,
                        Collections.nCopies(12, again),
                        List.of(),
                        List.of(test(1, "asksAgain", Outcome.FAILED, List.of(again), List.of(), List.of()))),
                test(
                        2,
                        "mayNotCall",
                        Outcome.OVER_BUDGET,
                        List.of(gpt),
                        List.of(Reports.limit(Metric.CALLS, "0", "1", BudgetBreach.Kind.EXCEEDED)),
                        List.of()),
                test(2, "fails", Outcome.FAILED, List.of(gpt), List.of(), List.of()),
                test(
                        2,
                        "goesOver",
                        Outcome.OVER_BUDGET,
                        List.of(gpt),
                        List.of(Reports.limit(Metric.TOKENS, "1000", "1500", BudgetBreach.Kind.EXCEEDED)),
                        List.of()),
                test(
                        3,
                        "usesHalf",
                        Outcome.PASSED,
                        List.of(gpt),
                        List.of(Reports.limit(Metric.TOKENS, "3000", "1500", null)),
                        List.of())));
        for (int number = 0; number < others; number++) {
            tests.add(test(number, Outcome.PASSED, List.of(gpt), List.of(), List.of()));
        }
        return new ReportBuilder(new JournaledRun(List.of(Reports.JVM), List.of(), List.of(Reports.PRICES), tests))
                .build(Reports.START);
    }

    /** Tests with as many calls each. */
    public static UsageReport talkative(int tests, int calls) {
        CallUsage call = priced(call("gpt-4o", 0, 1_000, 0, 500).build(), null);
        List<TestUsage> usages = new ArrayList<>();
        for (int number = 0; number < tests; number++) {
            usages.add(test(
                    number, "talks" + number, Outcome.PASSED, Collections.nCopies(calls, call), List.of(), List.of()));
        }
        return new ReportBuilder(new JournaledRun(List.of(Reports.JVM), List.of(), List.of(Reports.PRICES), usages))
                .build(Reports.START);
    }

    /** Many tests with three calls each. */
    public static UsageReport large(int tests) {
        List<CallUsage> calls = new ArrayList<>();
        for (int number = 0; number < 3_000; number++) {
            calls.add(ordinaryCall(number, number % 3));
        }
        List<TestUsage> usages = new ArrayList<>(tests);
        for (int number = 0; number < tests; number++) {
            int first = number * 7 % 2_997;
            List<CallUsage> own = calls.subList(first, first + 3);
            Outcome outcome =
                    number % 1_000 == 1 ? Outcome.OVER_BUDGET : number % 1_000 == 2 ? Outcome.FAILED : Outcome.PASSED;
            usages.add(test(number, outcome, own, limits(number, own), List.of()));
        }
        return new ReportBuilder(new JournaledRun(List.of(Reports.JVM), List.of(), List.of(Reports.PRICES), usages))
                .build(Reports.START);
    }

    /** Tests whose names, models and contents are not what one expects. */
    public static UsageReport hostile(List<String> texts) {
        List<TestUsage> tests = new ArrayList<>();
        for (String text : texts) {
            CallUsage call = priced(
                    LlmCall.of(Operation.CHAT, text)
                            .provider(text)
                            .answeredModel(text + "!")
                            .tokens(TokenCounts.of(10, 10), CountSource.ESTIMATED)
                            .countNote(text)
                            .anomalies(List.of(text))
                            .role(Role.JUDGE, text)
                            .build(),
                    new Conversation(text, text));
            tests.add(new TestUsage(
                    TestUsage.Kind.TEST,
                    text,
                    text,
                    text,
                    Outcome.OVER_BUDGET,
                    Reports.START,
                    Reports.START,
                    List.of(new CallUsage(call.call(), call.cost(), List.of(text), call.conversation())),
                    List.of(Reports.limit(Metric.TOKENS, "1", "20", BudgetBreach.Kind.EXCEEDED))));
        }
        return new ReportBuilder(new JournaledRun(
                        List.of(new TestJvm(1, texts.get(0), Reports.START, null, 1)), texts, List.of(), tests))
                .build(Reports.START);
    }

    private static TestUsage overBudget() {
        String ask = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Where is my refund?\"}]}";
        List<CallUsage> calls = List.of(
                priced(call("gpt-4o", 0, 1_204, 0, 310).build(), new Conversation(ask, "{\"choices\":[]}")),
                priced(
                        call("gpt-4o", 900, 0, 0, 0)
                                .tokens(TokenCounts.NONE, CountSource.UNKNOWN)
                                .status(CallStatus.FAILED, 429)
                                .requestDigest("retried")
                                .countNote("the call failed")
                                .build(),
                        null),
                priced(
                        call("gpt-4o", 1_100, 1_530, 0, 412)
                                .requestDigest("retried")
                                .build(),
                        null),
                priced(
                        call("gpt-4o", 1_900, 2_113, 1_024, 655)
                                .status(CallStatus.CUT, 200)
                                .streaming(true)
                                .tokens(new TokenCounts(2_113, 1_024, 0, 0, 655, 120, 0), CountSource.ESTIMATED)
                                .countNote("estimated with o200k_base: the stream ended without usage")
                                .build(),
                        null),
                priced(
                        call("gpt-4o", 2_600, 1_890, 1_024, 388)
                                .anomalies(List.of("reasoning of 9 exceeds output of 5"))
                                .origin(Origin.LIVE)
                                .build(),
                        null),
                priced(
                        LlmCall.of(Operation.CHAT, "gpt-4o-mini")
                                .provider("openai")
                                .tokens(TokenCounts.of(840, 12), CountSource.REPORTED)
                                .role(Role.JUDGE, "politeness")
                                .build(),
                        null));
        return test(
                0,
                "answersARefundQuestionAcrossSeveralTurns",
                Outcome.OVER_BUDGET,
                calls,
                List.of(
                        Reports.limit(Metric.COST, "0.02", "0.0290175", BudgetBreach.Kind.EXCEEDED),
                        Reports.limit(Metric.TOKENS, "9000", "8502", null),
                        Reports.limit(Metric.CALLS, "8", "5", null)),
                List.of(test(0, Outcome.FAILED, calls.subList(0, 2), List.of(), List.of())));
    }

    private static TestUsage unknownModel() {
        LlmCall call = call("acme-local-7b", 10, 900, 0, 120).build();
        return test(
                4,
                "summarisesWithOurOwnModel",
                Outcome.OVER_BUDGET,
                List.of(new CallUsage(
                        call,
                        CATALOG.costOf(call),
                        List.of("acme-local-7b,input,<price>", "acme-local-7b,output,<price>"),
                        null)),
                List.of(Reports.limit(Metric.COST, "0.01", "0", BudgetBreach.Kind.UNPRICED)),
                List.of());
    }

    private static List<LimitUsage> limits(int number, List<CallUsage> calls) {
        BigDecimal used = Totals.of(calls).listCost().usd();
        return switch (number % 4) {
            case 0 -> List.of(Reports.limit(Metric.COST, "0.05", used.toPlainString(), null));
            case 1 -> List.of(Reports.near("10000", Integer.toString(7_000 + number * 300 % 2_900), "0.9"));
            case 2 -> List.of(Reports.limit(Metric.CALLS, "6", Integer.toString(calls.size()), null));
            default -> List.of();
        };
    }

    private static CallUsage ordinaryCall(int number, int call) {
        String model = MODELS.get((number + call) % MODELS.size());
        long input = 400 + number * 137L % 2_300;
        LlmCall.Builder builder = call(
                model,
                number * 90L + call * 800L,
                input,
                number % 3 == 0 ? input / 2 : 0,
                model.startsWith("text-") ? 0 : 40 + number * 31L % 500);
        if (number % 6 == 1) {
            builder.origin(Origin.REPLAY);
        }
        if (number % 9 == 4) {
            builder.role(Role.JUDGE, "judge");
        }
        if (number % 11 == 3) {
            builder.role(Role.SETUP, null);
        }
        if (number % 13 == 6) {
            builder.tokens(TokenCounts.of(input, 55), CountSource.ESTIMATED)
                    .countNote("estimated with o200k_base: the service reported no usage");
        }
        return priced(
                builder.requestDigest("request " + number % 29 + " " + call).build(), null);
    }

    private static LlmCall.Builder call(String model, long offset, long input, long cached, long output) {
        boolean isClaude = model.startsWith("claude");
        return LlmCall.of(model.startsWith("text-") ? Operation.EMBEDDINGS : Operation.CHAT, model)
                .provider(isClaude ? "anthropic" : model.startsWith("acme") ? null : "openai")
                .answeredModel(model.equals("gpt-4o") ? "gpt-4o-2024-08-06" : model)
                .tokens(
                        new TokenCounts(input, cached, isClaude ? 200 : 0, 0, output, output / 5, 0),
                        CountSource.REPORTED)
                .timing(new CallTiming(
                        Reports.START.plusMillis(offset),
                        Duration.ofMillis(90),
                        output == 0 ? null : Duration.ofMillis(180 + input / 10),
                        Duration.ofMillis(300 + input / 5 + output)));
    }

    private static TestUsage test(
            int number,
            Outcome outcome,
            List<CallUsage> calls,
            List<LimitUsage> limits,
            List<TestUsage> earlierAttempts) {
        String name = VERBS.get(number % VERBS.size()) + THINGS.get(number / VERBS.size() % THINGS.size());
        return test(number, number < 36 ? name : name + number, outcome, calls, limits, earlierAttempts);
    }

    private static TestUsage test(
            int number,
            String name,
            Outcome outcome,
            List<CallUsage> calls,
            List<LimitUsage> limits,
            List<TestUsage> earlierAttempts) {
        String testClass = CLASSES.get(number % CLASSES.size());
        return new TestUsage(
                TestUsage.Kind.TEST,
                "[class:" + testClass + "]/[method:" + name + "()]",
                testClass,
                testClass.substring(testClass.lastIndexOf('.') + 1) + "." + name,
                outcome,
                Reports.START.plusMillis(number),
                Reports.START.plusMillis(number + 1_500),
                calls,
                limits,
                earlierAttempts);
    }

    private static CallUsage priced(LlmCall call, @Nullable Conversation conversation) {
        return new CallUsage(call, CATALOG.costOf(call), List.of(), conversation);
    }
}
