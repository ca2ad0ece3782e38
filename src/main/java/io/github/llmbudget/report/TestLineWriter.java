package io.github.llmbudget.report;

import io.github.llmbudget.wire.JsonOut;
import io.github.llmbudget.price.PriceRow;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the tests of a journal, each with the rows that it is priced by. Used by one thread. */
final class TestLineWriter {

    private final InstantText instants = new InstantText();

    void write(JsonOut out, TestUsage test) throws IOException {
        PriceRows rows = PriceRows.of(test.calls());
        out.beginObject();
        out.name("rows").beginArray();
        for (PriceRow row : rows.all()) {
            write(out, row);
        }
        out.endArray();
        new TestWriter(rows, instants).write(out, test);
        out.endObject();
    }

    private static void write(JsonOut out, PriceRow row) throws IOException {
        out.beginObject();
        member(out, "provider", row.provider());
        member(out, "model", row.model());
        member(out, "component", row.component().name());
        member(out, "kind", row.kind());
        out.name("per").value(row.per());
        member(out, "usd", Decimals.plain(row.usd()));
        member(out, "step", row.step() == null ? null : row.step().notation());
        member(out, "serviceTier", row.serviceTier());
        member(out, "region", row.region());
        member(out, "from", row.from());
        member(out, "until", row.until());
        member(out, "window", row.window());
        member(out, "source", row.source());
        member(out, "checked", row.checked());
        member(out, "list", row.list());
        out.endObject();
    }

    private static void member(JsonOut out, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            out.name(name).value(value.toString());
        }
    }
}
