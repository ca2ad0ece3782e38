package io.github.llmbudget.report;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import io.github.llmbudget.price.PriceLine;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The report as a JSON document, with one line for each test, model, class and so on. */
final class ReportDocument {

    private final UsageReport report;
    private final PriceRows rows = new PriceRows();
    private final TestWriter tests = new TestWriter(rows);

    ReportDocument(UsageReport report) {
        this.report = report;
        report.models().forEach(model -> model.lines().forEach(line -> rows.placeOf(line.row())));
        report.tests().stream()
                .flatMap(test -> test.earlierAttempts().stream())
                .flatMap(attempt -> attempt.calls().stream())
                .forEach(call -> call.cost().lines().forEach(line -> rows.placeOf(line.row())));
    }

    void writeTo(Writer text) throws IOException {
        JsonWriter out = new JsonWriter(text);
        out.setFormattingStyle(FormattingStyle.PRETTY);
        out.beginObject();
        out.name("version").value(report.version());
        out.name("created").value(report.created().toString());
        out.name("verdict").value(report.verdict());
        values(out, "jvms", report.jvms());
        values(out, "missing", report.missing());
        values(out, "prices", report.prices());
        out.name("totals").jsonValue(ReportJson.line(report.totals()));
        out.name("earlierAttempts").jsonValue(ReportJson.line(report.earlierAttempts()));
        values(out, "roles", report.roles());
        values(out, "priceRows", rows.all());
        objects(out, "models", report.models(), this::write);
        values(out, "packages", report.packages());
        values(out, "classes", report.classes());
        Findings findings = report.findings();
        out.name("findings").beginObject();
        objects(out, "slowest", findings.slowest(), ReportDocument::write);
        objects(out, "dearest", findings.dearest(), ReportDocument::write);
        objects(out, "largest", findings.largest(), ReportDocument::write);
        objects(out, "repeated", findings.repeated(), ReportDocument::write);
        objects(out, "loose", findings.loose(), ReportDocument::write);
        out.endObject();
        objects(out, "tests", report.tests(), tests::writeWithCost);
        out.endObject();
        out.flush();
        text.write("\n");
    }

    private void write(JsonWriter out, ModelUsage model) throws IOException {
        if (model.model() != null) {
            out.name("model").value(model.model());
        }
        if (model.provider() != null) {
            out.name("provider").value(model.provider());
        }
        out.name("tests").value(model.tests());
        out.name("totals").jsonValue(ReportJson.line(model.totals()));
        out.name("lines").beginArray();
        for (PriceLine line : model.lines()) {
            out.beginObject();
            out.name("quantity").value(Decimals.plain(line.quantity()));
            out.name("usd").value(Decimals.plain(line.usd()));
            out.name("row").value(rows.placeOf(line.row()));
            out.endObject();
        }
        out.endArray();
        out.name("missingPrices").jsonValue(ReportJson.line(model.missingPrices()));
    }

    private static void write(JsonWriter out, Findings.Found found) throws IOException {
        out.name("test").value(found.test().id());
        out.name("call").value(found.number());
    }

    private static void write(JsonWriter out, Findings.Repeated repeated) throws IOException {
        out.name("times").value(repeated.times());
        out.name("wasted").jsonValue(ReportJson.line(repeated.wasted()));
        out.name("calls").beginArray();
        for (Findings.Found found : repeated.calls()) {
            out.beginObject();
            write(out, found);
            out.endObject();
        }
        out.endArray();
    }

    private static void write(JsonWriter out, Findings.Loose loose) throws IOException {
        out.name("test").value(loose.test().id());
        out.name("limit").jsonValue(ReportJson.line(loose.limit()));
    }

    private static void values(JsonWriter out, String name, List<?> values) throws IOException {
        out.name(name).beginArray();
        for (Object value : values) {
            out.jsonValue(ReportJson.line(value));
        }
        out.endArray();
    }

    private static <T> void objects(JsonWriter out, String name, List<T> values, Members<T> members)
            throws IOException {
        out.name(name).beginArray();
        for (T value : values) {
            out.beginObject();
            out.setFormattingStyle(FormattingStyle.COMPACT);
            members.write(out, value);
            out.endObject();
            out.setFormattingStyle(FormattingStyle.PRETTY);
        }
        out.endArray();
    }

    /** Writes the members of an object that has been begun. */
    private interface Members<T> {
        void write(JsonWriter out, T value) throws IOException;
    }
}
