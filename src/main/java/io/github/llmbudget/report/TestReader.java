package io.github.llmbudget.report;

import com.google.gson.stream.JsonReader;
import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Over;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the tests of journals. What many tests have in common, such as the rows that they are priced by, is kept once.
 * Used by one thread.
 */
final class TestReader {

    private final Map<Object, Object> common = new HashMap<>();
    private final CallPacker packer = new CallPacker();
    private final InstantText instants = new InstantText();

    /** Reads a test with its own price rows, which stand before its calls. */
    TestUsage read(JsonReader in) throws IOException {
        Members test = new Members();
        PriceRows rows = new PriceRows();
        List<byte[]> calls = new ArrayList<>();
        List<LimitUsage> limits = new ArrayList<>();
        CallReader.members(in, (name, value) -> {
            switch (name) {
                case "rows" -> CallReader.elements(value, row -> rows.placeOf(once(PriceRowJson.read(row))));
                case "calls" ->
                    CallReader.elements(value, call -> calls.add(packer.pack(CallReader.read(call, rows, instants))));
                case "limits" -> CallReader.elements(value, limit -> limits.add(usage(limit)));
                default -> test.take(name, value);
            }
        });
        return new TestUsage(
                TestUsage.Kind.valueOf(test.told("kind")),
                test.told("id"),
                once(test.told("testClass")),
                test.told("name"),
                TestUsage.Outcome.valueOf(test.told("outcome")),
                instants.parse(test.told("start")),
                instants.parse(test.told("end")),
                packer.calls(calls),
                limits);
    }

    private LimitUsage usage(JsonReader in) throws IOException {
        Members usage = new Members();
        List<Limit> limits = new ArrayList<>(1);
        CallReader.members(in, (name, value) -> {
            if (name.equals("limit")) {
                limits.add(once(limit(value)));
            } else {
                usage.take(name, value);
            }
        });
        return new LimitUsage(
                limits.stream().findFirst().orElseThrow(() -> new IllegalArgumentException("it has no limit")),
                new BigDecimal(usage.told("used")),
                Boolean.parseBoolean(usage.told("complete")),
                usage.get("breach", BudgetBreach.Kind::valueOf));
    }

    private static Limit limit(JsonReader in) throws IOException {
        Members limit = new Members();
        Set<Role> roles = EnumSet.noneOf(Role.class);
        CallReader.members(in, (name, value) -> {
            if (name.equals("roles")) {
                CallReader.elements(value, role -> roles.add(Role.valueOf(role.nextString())));
            } else {
                limit.take(name, value);
            }
        });
        return new Limit(
                Metric.valueOf(limit.told("metric")),
                new BigDecimal(limit.told("max")),
                Scope.valueOf(limit.told("per")),
                Boolean.parseBoolean(limit.told("hard")),
                roles,
                Over.valueOf(limit.told("over")),
                limit.get("warnAt", BigDecimal::new),
                limit.told("declaration"),
                limit.told("declaredOn"));
    }

    @SuppressWarnings("unchecked") // equal objects are of one class
    private <T> T once(T value) {
        T known = (T) common.putIfAbsent(value, value);
        return known == null ? value : known;
    }
}
