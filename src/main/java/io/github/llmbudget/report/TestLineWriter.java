package io.github.llmbudget.report;

import io.github.llmbudget.price.PriceRow;
import io.github.llmbudget.wire.JsonOut;
import java.io.IOException;

/** Writes the tests of a journal, each with the rows that it is priced by. Used by one thread. */
final class TestLineWriter {

    private final InstantText instants = new InstantText();

    void write(JsonOut out, TestUsage test) throws IOException {
        PriceRows rows = PriceRows.of(test.calls());
        out.beginObject();
        out.name("rows").beginArray();
        for (PriceRow row : rows.all()) {
            PriceRowJson.write(out, row);
        }
        out.endArray();
        new TestWriter(rows, instants).write(out, test);
        out.endObject();
    }
}
