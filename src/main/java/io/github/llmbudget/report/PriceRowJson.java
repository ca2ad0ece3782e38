package io.github.llmbudget.report;

import com.google.gson.stream.JsonReader;
import io.github.llmbudget.price.InputStep;
import io.github.llmbudget.price.PriceComponent;
import io.github.llmbudget.price.PriceRow;
import io.github.llmbudget.price.TimeWindow;
import io.github.llmbudget.wire.JsonOut;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Price rows as JSON. By hand, for each line of a journal has some, and reflection takes its time when it is first used. */
final class PriceRowJson {

    private PriceRowJson() {}

    static void write(JsonOut out, PriceRow row) throws IOException {
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

    /** Reads what {@link #write} wrote. */
    static PriceRow read(JsonReader in) throws IOException {
        Members row = Members.read(in);
        return new PriceRow(
                row.get("provider"),
                row.told("model"),
                PriceComponent.valueOf(row.told("component")),
                row.get("kind"),
                Long.parseLong(row.told("per")),
                new BigDecimal(row.told("usd")),
                row.get("step", InputStep::of),
                row.told("serviceTier"),
                row.get("region"),
                row.get("from", LocalDate::parse),
                row.get("until", LocalDate::parse),
                row.get("window", TimeWindow::of),
                row.told("source"),
                row.get("checked", LocalDate::parse),
                row.told("list"));
    }
}
