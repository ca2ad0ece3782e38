package io.github.llmbudget.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Writes tests as JSON. */
final class TestWriter {

    private final CallWriter calls;

    TestWriter(PriceRows rows) {
        this.calls = new CallWriter(rows);
    }

    /** Writes a test, in an object that its caller has begun and ends. */
    void write(JsonWriter out, TestUsage test) throws IOException {
        out.name("kind").value(test.kind().name());
        out.name("id").value(test.id());
        out.name("testClass").value(test.testClass());
        out.name("name").value(test.name());
        out.name("outcome").value(test.outcome().name());
        out.name("start").value(test.start().toString());
        out.name("end").value(test.end().toString());
        out.name("limits").beginArray();
        for (LimitUsage limit : test.limits()) {
            ReportJson.write(out, limit);
        }
        out.endArray();
        out.name("calls").beginArray();
        for (CallUsage call : test.calls()) {
            calls.write(out, call);
        }
        out.endArray();
        if (!test.earlierAttempts().isEmpty()) {
            out.name("earlierAttempts").beginArray();
            for (TestUsage attempt : test.earlierAttempts()) {
                out.beginObject();
                writeWithCost(out, attempt);
                out.endObject();
            }
            out.endArray();
        }
    }

    /** Writes a test with what it cost, in an object that its caller has begun and ends. */
    void writeWithCost(JsonWriter out, TestUsage test) throws IOException {
        out.name("cost");
        CallWriter.writeSum(out, test.totals().listCost());
        write(out, test);
    }
}
