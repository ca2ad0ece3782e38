package io.github.llmbudget.report;

import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Over;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The figures of a test as names and values. What is not known is no zero: it is left out, and named as unknown. */
final class XmlProperties {

    private static final String PREFIX = "llm.";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> unknown = new ArrayList<>();

    private XmlProperties() {}

    static Map<String, String> of(TestUsage test) {
        XmlProperties properties = new XmlProperties();
        properties.addTotals(test.totals());
        properties.addModels(test.calls());
        test.limits().forEach(properties::addLimit);
        properties.addEarlierAttempts(test.earlierAttempts());
        if (!properties.unknown.isEmpty()) {
            properties.add("unknown", String.join(",", properties.unknown));
        }
        return properties.values;
    }

    private void addTotals(Totals totals) {
        TokenCounts tokens = totals.tokens();
        add("calls", totals.calls());
        addTokens("input_tokens", tokens.input(), totals.inputSource());
        addTokens("cached_input_tokens", tokens.cachedInput(), totals.inputPartsSource());
        addTokens("output_tokens", tokens.output(), totals.outputSource());
        addTokens("reasoning_tokens", tokens.reasoning(), totals.outputPartsSource());
        addCost("list_cost_usd", totals.listCost());
        addCost("incurred_cost_usd", totals.incurredCost());
        add("exactness", totals.listCost().exactness().name());
        addIfAny("estimated", totals.estimated());
        addIfAny("partial", totals.partial());
        addIfAny("uncounted", totals.uncounted());
        addIfAny("unpriced", totals.unpriced());
        addIfAny("failed", totals.failed());
    }

    private void addModels(List<CallUsage> calls) {
        String models = calls.stream()
                .map(CallUsage::call)
                .map(LlmCall::model)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(","));
        if (!models.isEmpty()) {
            add("models", models);
        }
    }

    private void addLimit(LimitUsage usage) {
        Metric metric = usage.limit().metric();
        Scope per = usage.limit().per();
        Over over = usage.limit().over();
        String name = "max_" + metric.name().toLowerCase(Locale.ROOT)
                + (per == Scope.TEST ? "" : "_per_" + per.label())
                + (over == Over.EACH ? "" : "_" + over.name().toLowerCase(Locale.ROOT));
        String free = name;
        for (int number = 2; values.containsKey(PREFIX + free); number++) {
            free = name + "_" + number;
        }
        add(free, plain(usage.limit().max()));
        if (usage.complete() && !usage.isUnknown()) {
            add(free + "_used", plain(usage.used()));
        } else {
            unknown.add(free + "_used");
        }
    }

    private void addEarlierAttempts(List<TestUsage> attempts) {
        if (!attempts.isEmpty()) {
            add("earlier_attempts", attempts.size());
            addCost(
                    "earlier_attempts_list_cost_usd",
                    Cost.sum(attempts.stream()
                            .map(attempt -> attempt.totals().listCost())
                            .toList()));
        }
    }

    /** Of a sum that lacks something only that it is not known is sure; the report has the least that it can be. */
    private void addTokens(String name, long tokens, CountSource source) {
        if (source == CountSource.REPORTED || source == CountSource.ESTIMATED) {
            add(name, tokens);
        } else {
            unknown.add(name);
        }
    }

    private void addCost(String name, Cost cost) {
        if (cost.isComplete()) {
            add(name, plain(cost.usd()));
        } else {
            unknown.add(name);
        }
    }

    private void addIfAny(String name, int calls) {
        if (calls > 0) {
            add(name, calls);
        }
    }

    private void add(String name, long number) {
        add(name, Long.toString(number));
    }

    private void add(String name, String value) {
        values.put(PREFIX + name, value);
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
