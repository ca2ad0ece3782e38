package io.github.llmbudget.report;

import com.google.gson.stream.JsonReader;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.price.PriceRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the tests of journals. What many tests have in common, such as the rows that they are priced by, is kept once.
 * Used by one thread.
 */
final class TestReader {

    private final Map<Object, Object> common = new HashMap<>();
    private final CallPacker packer = new CallPacker();

    /** Reads a test with its own price rows, which stand before its calls. */
    TestUsage read(JsonReader in) throws IOException {
        Map<String, String> texts = new HashMap<>();
        PriceRows rows = new PriceRows();
        List<byte[]> calls = new ArrayList<>();
        List<LimitUsage> limits = new ArrayList<>();
        CallReader.members(in, (member, value) -> {
            switch (member) {
                case "rows" ->
                    CallReader.elements(value, row -> rows.placeOf(once(ReportJson.read(row, PriceRow.class))));
                case "calls" -> CallReader.elements(value, call -> calls.add(packer.pack(CallReader.read(call, rows))));
                case "limits" -> CallReader.elements(value, limit -> limits.add(limit(limit)));
                default -> texts.put(member, value.nextString());
            }
        });
        return new TestUsage(
                TestUsage.Kind.valueOf(text("kind", texts)),
                text("id", texts),
                once(text("testClass", texts)),
                text("name", texts),
                TestUsage.Outcome.valueOf(text("outcome", texts)),
                Instant.parse(text("start", texts)),
                Instant.parse(text("end", texts)),
                packer.calls(calls),
                limits);
    }

    private LimitUsage limit(JsonReader in) {
        LimitUsage read = ReportJson.read(in, LimitUsage.class);
        Limit limit = once(read.limit());
        return new LimitUsage(limit, read.used(), read.complete(), read.breach());
    }

    private static String text(String member, Map<String, String> texts) {
        String text = texts.get(member);
        if (text == null) {
            throw new IllegalArgumentException("a test has no " + member);
        }
        return text;
    }

    @SuppressWarnings("unchecked") // equal objects are of one class
    private <T> T once(T value) {
        T known = (T) common.putIfAbsent(value, value);
        return known == null ? value : known;
    }
}
