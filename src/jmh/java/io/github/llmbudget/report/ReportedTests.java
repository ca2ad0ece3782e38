package io.github.llmbudget.report;

import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceCatalog;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tests with three calls each, to be written down and reported. */
public final class ReportedTests {

    /** What their calls are priced with. */
    public static final PriceCatalog PRICES = PriceCatalog.builtIn();

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    private ReportedTests() {}

    /** Returns one of them, each number another. */
    public static TestUsage test(int number) {
        String testClass = "com.example.shop.support.Support" + number / 20 + "Test";
        List<CallUsage> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(call(number * 3 + i));
        }
        Instant start = START.plusMillis(number);
        String method = "answersQuestion" + number % 20;
        Limit limit = new Limit(Metric.COST, new BigDecimal("0.05"), "@MaxCost(0.05)", testClass);
        BigDecimal used = calls.stream().map(call -> call.cost().usd()).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new TestUsage(
                TestUsage.Kind.TEST,
                "[engine:junit-jupiter]/[class:" + testClass + "]/[method:" + method + "()]",
                testClass,
                testClass.substring(testClass.lastIndexOf('.') + 1) + "." + method,
                number % 1000 == 0 ? TestUsage.Outcome.OVER_BUDGET : TestUsage.Outcome.PASSED,
                start,
                start.plusMillis(900),
                calls,
                List.of(new LimitUsage(limit, used, true, null)));
    }

    private static CallUsage call(int number) {
        String model = number % 3 == 0 ? "gpt-4o" : "gpt-4o-mini";
        LlmCall call = LlmCall.of(Operation.CHAT, model)
                .provider("openai")
                .answeredModel(model)
                .serviceTier("default")
                .streaming(number % 2 == 0)
                .tokens(TokenCounts.of(800 + number % 997, 20 + number % 331), CountSource.REPORTED)
                .responseId("chatcmpl-" + Long.toString(number * 7_919L, 36) + "ABCDEFGHIJKLMNOPQRSTUV")
                .requestDigest(String.format("%016x", number * 0x9E3779B97F4A7C15L))
                .timing(new CallTiming(
                        START.plusMillis(number),
                        Duration.ofNanos(1_234_567 + number),
                        Duration.ofNanos(201_234_567 + number),
                        Duration.ofNanos(801_234_567 + number)))
                .build();
        return new CallUsage(call, PRICES.costOf(call));
    }
}
