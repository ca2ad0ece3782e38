package io.github.llmbudget.report;

import io.github.llmbudget.price.PriceLine;
import io.github.llmbudget.wire.JsonOut;
import java.io.IOException;
import java.util.List;

/** The report as a JSON document, with one line for each test, model, class and so on. */
final class ReportDocument {

    private final UsageReport report;
    private final PriceRows rows = new PriceRows();
    private final TestWriter tests = new TestWriter(rows, new InstantText());

    ReportDocument(UsageReport report) {
        this.report = report;
        report.models().forEach(model -> model.lines().forEach(line -> rows.placeOf(line.row())));
        report.tests().stream()
                .flatMap(test -> test.earlierAttempts().stream())
                .flatMap(attempt -> attempt.calls().stream())
                .forEach(call -> call.cost().lines().forEach(line -> rows.placeOf(line.row())));
    }

    void writeTo(JsonOut out) throws IOException {
        out.beginObject();
        member(out, "version").value(report.version());
        member(out, "created").value(report.created().toString());
        member(out, "verdict").value(report.verdict());
        array(out, "jvms", 1, report.jvms(), ReportDocument::write);
        array(out, "missing", 1, report.missing(), JsonOut::value);
        array(out, "prices", 1, report.prices(), JournalLine.Prices::write);
        write(member(out, "totals"), report.totals());
        write(member(out, "earlierAttempts"), report.earlierAttempts());
        array(out, "roles", 1, report.roles(), ReportDocument::write);
        array(out, "priceRows", 1, rows.all(), PriceRowJson::write);
        array(out, "models", 1, report.models(), this::write);
        array(out, "packages", 1, report.packages(), ReportDocument::write);
        array(out, "classes", 1, report.classes(), ReportDocument::write);
        Findings findings = report.findings();
        member(out, "findings").beginObject();
        array(out, "slowest", 2, findings.slowest(), ReportDocument::write);
        array(out, "dearest", 2, findings.dearest(), ReportDocument::write);
        array(out, "largest", 2, findings.largest(), ReportDocument::write);
        array(out, "repeated", 2, findings.repeated(), ReportDocument::write);
        array(out, "loose", 2, findings.loose(), ReportDocument::write);
        out.lastLine(1).endObject();
        array(out, "tests", 1, report.tests(), tests::writeWithCost);
        out.lastLine(0).endObject().lastLine(0);
    }

    private static JsonOut member(JsonOut out, String name) throws IOException {
        return out.newLine(1).name(name);
    }

    private static <T> void array(JsonOut out, String name, int depth, List<T> values, Element<T> element)
            throws IOException {
        out.newLine(depth).name(name).beginArray();
        for (T value : values) {
            out.newLine(depth + 1);
            element.write(out, value);
        }
        (values.isEmpty() ? out : out.lastLine(depth)).endArray();
    }

    private static void write(JsonOut out, TestJvm jvm) throws IOException {
        out.beginObject();
        out.name("pid").value(jvm.pid());
        out.name("project").value(jvm.project());
        out.name("start").value(jvm.start().toString());
        if (jvm.end() != null) {
            out.name("end").value(jvm.end().toString());
        }
        out.name("tests").value(jvm.tests());
        out.endObject();
    }

    private static void write(JsonOut out, Share share) throws IOException {
        out.beginObject();
        out.name("name").value(share.name());
        out.name("tests").value(share.tests());
        write(out.name("totals"), share.totals());
        out.endObject();
    }

    private static void write(JsonOut out, Totals totals) throws IOException {
        out.beginObject();
        out.name("calls").value(totals.calls());
        out.name("reported").value(totals.reported());
        out.name("estimated").value(totals.estimated());
        out.name("partial").value(totals.partial());
        out.name("uncounted").value(totals.uncounted());
        out.name("failed").value(totals.failed());
        out.name("retries").value(totals.retries());
        out.name("unpriced").value(totals.unpriced());
        CallWriter.writeParts(out.name("tokens"), totals.tokens());
        out.name("inputSource").value(totals.inputSource().name());
        out.name("outputSource").value(totals.outputSource().name());
        CallWriter.writeSum(out.name("listCost"), totals.listCost());
        CallWriter.writeSum(out.name("incurredCost"), totals.incurredCost());
        CallWriter.writeSum(out.name("replayedCost"), totals.replayedCost());
        out.endObject();
    }

    private void write(JsonOut out, ModelUsage model) throws IOException {
        out.beginObject();
        if (model.model() != null) {
            out.name("model").value(model.model());
        }
        if (model.provider() != null) {
            out.name("provider").value(model.provider());
        }
        out.name("tests").value(model.tests());
        write(out.name("totals"), model.totals());
        out.name("lines").beginArray();
        for (PriceLine line : model.lines()) {
            out.beginObject();
            out.name("quantity").value(Decimals.plain(line.quantity()));
            out.name("usd").value(Decimals.plain(line.usd()));
            out.name("row").value(rows.placeOf(line.row()));
            out.endObject();
        }
        out.endArray();
        out.name("missingPrices").beginArray();
        for (String missing : model.missingPrices()) {
            out.value(missing);
        }
        out.endArray();
        out.endObject();
    }

    private static void write(JsonOut out, Findings.Found found) throws IOException {
        out.beginObject();
        out.name("test").value(found.test().id());
        out.name("call").value(found.number());
        out.endObject();
    }

    private static void write(JsonOut out, Findings.Repeated repeated) throws IOException {
        out.beginObject();
        out.name("times").value(repeated.times());
        CallWriter.writeSum(out.name("wasted"), repeated.wasted());
        out.name("calls").beginArray();
        for (Findings.Found found : repeated.calls()) {
            write(out, found);
        }
        out.endArray();
        out.endObject();
    }

    private static void write(JsonOut out, Findings.Loose loose) throws IOException {
        out.beginObject();
        out.name("test").value(loose.test().id());
        TestWriter.write(out.name("limit"), loose.limit());
        out.endObject();
    }

    /** Writes one element of an array. */
    private interface Element<T> {
        void write(JsonOut out, T value) throws IOException;
    }
}
