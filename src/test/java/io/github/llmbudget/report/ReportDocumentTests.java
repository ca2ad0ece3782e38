package io.github.llmbudget.report;

import static io.github.llmbudget.report.Reports.call;
import static io.github.llmbudget.report.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import io.github.llmbudget.report.TestUsage.Outcome;
import io.github.llmbudget.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDocumentTests {

    @TempDir
    private Path directory;

    @Test
    void isTheDocumentForPrograms() throws IOException {
        Golden.assertMatches(text(Reports.varied()), "report.json");
    }

    @Test
    void keepsToItsSchema() throws IOException {
        TestUsage again = Reports.test("again", Outcome.FAILED, List.of(call(1, 1)), List.of());
        UsageReport everything = report(
                Reports.varied().tests().toArray(TestUsage[]::new)[0],
                again.after(List.of(again)),
                Reports.test(
                        "talks", Reports.conversation(), Reports.unpriced(), Reports.repeated(), Reports.repeated()));

        for (UsageReport report : List.of(Reports.varied(), everything)) {
            Validator.Result result = new ValidatorFactory()
                    .withJsonNodeFactory(new GsonNode.Factory())
                    .validate(strictSchema(), JsonParser.parseString(text(report)));

            assertThat(result.getErrors())
                    .extracting(error -> error.getInstanceLocation() + ": " + error.getError())
                    .isEmpty();
            assertThat(result.isValid()).isTrue();
        }
    }

    @Test
    void writesMoneyAsTextInPlainNotation() throws IOException {
        JsonObject cost = json(report(Reports.test("tiny", call(1, 0))))
                .getAsJsonObject("totals")
                .getAsJsonObject("listCost");

        assertThat(cost.getAsJsonPrimitive("usd").isString()).isTrue();
        assertThat(cost.get("usd").getAsString()).isEqualTo("0.0000025");
    }

    @Test
    void leavesOutWhatNobodyKnows() throws IOException {
        JsonObject call = firstCall(report(Reports.test("dark", Reports.uncounted())));

        assertThat(call.has("tokens")).isFalse();
        assertThat(call.getAsJsonObject("cost").has("usd")).isFalse();
        assertThat(call.getAsJsonObject("cost").get("exactness").getAsString()).isEqualTo("UNPRICED");
    }

    @Test
    void leavesOutWhatACallHasNoneOf() throws IOException {
        assertThat(firstCall(report(Reports.test("plain", call(1, 0)))).keySet())
                .containsExactly(
                        "operation",
                        "requestedModel",
                        "streaming",
                        "status",
                        "httpStatus",
                        "tokens",
                        "countSource",
                        "origin",
                        "role",
                        "cost");
    }

    @Test
    void hasALineForEachTest() throws IOException {
        assertThat(text(Reports.varied()).lines().filter(line -> line.contains("\"kind\":")))
                .hasSize(7)
                .allSatisfy(line -> assertThat(
                                JsonParser.parseString(line.strip().replaceAll(",$", ""))
                                        .getAsJsonObject()
                                        .keySet())
                        .contains("id", "name", "outcome", "cost", "calls", "limits"));
    }

    private JsonObject firstCall(UsageReport report) throws IOException {
        JsonArray tests = json(report).getAsJsonArray("tests");
        return tests.get(0).getAsJsonObject().getAsJsonArray("calls").get(0).getAsJsonObject();
    }

    private JsonObject json(UsageReport report) throws IOException {
        return JsonParser.parseString(text(report)).getAsJsonObject();
    }

    private String text(UsageReport report) throws IOException {
        new JsonReportWriter().write(report, directory);
        return Files.readString(directory.resolve("report.json"));
    }

    /** Readers pass over what they do not know; we must know all that we write. */
    private static JsonElement strictSchema() throws IOException {
        try (InputStream schema =
                Objects.requireNonNull(ReportDocument.class.getResourceAsStream("report.schema.json"))) {
            JsonElement whole = JsonParser.parseString(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
            close(whole);
            return whole;
        }
    }

    private static void close(JsonElement schema) {
        if (schema instanceof JsonObject object) {
            if (object.has("properties")) {
                object.addProperty("additionalProperties", false);
            }
            object.asMap().values().forEach(ReportDocumentTests::close);
        }
    }
}
