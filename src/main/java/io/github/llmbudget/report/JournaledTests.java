package io.github.llmbudget.report;

import io.github.llmbudget.price.PriceRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the tests of a journal, each with the rows that it is priced by. They are the same for most tests, and put into words
 * once. Used by one thread.
 */
final class JournaledTests {

    private final InstantText instants = new InstantText();
    private final Map<PriceRow, String> rows = new HashMap<>();

    void write(JsonOut out, TestUsage test) throws IOException {
        PriceRows used = PriceRows.of(test.calls());
        out.beginObject();
        out.name("rows").beginArray();
        for (PriceRow row : used.all()) {
            out.json(rows.computeIfAbsent(row, ReportJson::line));
        }
        out.endArray();
        new TestWriter(used, instants).write(out, test);
        out.endObject();
    }
}
