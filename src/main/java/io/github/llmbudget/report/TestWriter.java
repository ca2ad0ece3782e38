package io.github.llmbudget.report;

import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.price.CostSum;
import io.github.llmbudget.wire.JsonOut;
import java.io.IOException;
import java.util.List;

/** Writes tests as JSON. */
final class TestWriter {

    private final InstantText instants;
    private final CallWriter calls;

    TestWriter(PriceRows rows, InstantText instants) {
        this.instants = instants;
        this.calls = new CallWriter(rows, instants);
    }

    /** Writes a test, in an object that its caller has begun and ends. */
    void write(JsonOut out, TestUsage test) throws IOException {
        write(out, test, test.calls());
    }

    private void write(JsonOut out, TestUsage test, List<CallUsage> unpacked) throws IOException {
        out.name("kind").value(test.kind().name());
        out.name("id").value(test.id());
        out.name("testClass").value(test.testClass());
        out.name("name").value(test.name());
        out.name("outcome").value(test.outcome().name());
        out.name("start").value(instants.of(test.start()));
        out.name("end").value(instants.of(test.end()));
        out.name("limits").beginArray();
        for (LimitUsage limit : test.limits()) {
            write(out, limit);
        }
        out.endArray();
        out.name("calls").beginArray();
        for (CallUsage call : unpacked) {
            calls.write(out, call);
        }
        out.endArray();
        if (!test.earlierAttempts().isEmpty()) {
            out.name("earlierAttempts").beginArray();
            for (TestUsage attempt : test.earlierAttempts()) {
                writeWithCost(out, attempt);
            }
            out.endArray();
        }
    }

    /** Writes a test with what it cost, as an object of its own. */
    void writeWithCost(JsonOut out, TestUsage test) throws IOException {
        List<CallUsage> calls = test.callsForSeveralLooks();
        CostSum cost = new CostSum();
        calls.forEach(call -> cost.add(call.cost()));
        out.beginObject();
        CallWriter.writeSum(out.name("cost"), cost.total());
        write(out, test, calls);
        out.endObject();
    }

    static void write(JsonOut out, LimitUsage usage) throws IOException {
        Limit limit = usage.limit();
        out.beginObject();
        out.name("limit").beginObject();
        out.name("metric").value(limit.metric().name());
        out.name("max").value(Decimals.plain(limit.max()));
        out.name("per").value(limit.per().name());
        out.name("hard").value(limit.hard());
        out.name("roles").beginArray();
        for (Role role : limit.roles()) {
            out.value(role.name());
        }
        out.endArray();
        out.name("over").value(limit.over().name());
        if (limit.warnAt() != null) {
            out.name("warnAt").value(Decimals.plain(limit.warnAt()));
        }
        out.name("declaration").value(limit.declaration());
        out.name("declaredOn").value(limit.declaredOn());
        out.endObject();
        out.name("used").value(Decimals.plain(usage.used()));
        out.name("complete").value(usage.complete());
        if (usage.breach() != null) {
            out.name("breach").value(usage.breach().name());
        }
        out.endObject();
    }
}
