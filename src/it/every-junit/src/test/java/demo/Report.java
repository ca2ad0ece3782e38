package demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a run reports for programs. */
final class Report {

    private final JsonObject json;

    Report(Path directory) throws IOException {
        json = JsonParser.parseString(Files.readString(directory.resolve("report.json")))
                .getAsJsonObject();
    }

    JsonObject json() {
        return json;
    }

    /** Each test in a line: how it ended, its calls, and what it used of each limit. */
    List<String> tests() {
        return objects(json.getAsJsonArray("tests")).map(Report::line).toList();
    }

    /** Tells whether some tests of a class ran at the same time. */
    boolean anyOverlap(String testClass) {
        List<JsonObject> tests = objects(json.getAsJsonArray("tests"))
                .filter(test -> test.get("testClass").getAsString().equals(testClass))
                .sorted(Comparator.comparing(test -> time(test, "start")))
                .toList();
        return IntStream.range(1, tests.size())
                .anyMatch(next -> time(tests.get(next), "start").isBefore(time(tests.get(next - 1), "end")));
    }

    private static Instant time(JsonObject test, String member) {
        return Instant.parse(test.get(member).getAsString());
    }

    private static String line(JsonObject test) {
        String limits = objects(test.getAsJsonArray("limits"))
                .map(used -> ", " + used.get("used").getAsString() + " of "
                        + used.getAsJsonObject("limit").get("declaration").getAsString())
                .sorted()
                .collect(Collectors.joining());
        return "%s %s, calls %d%s"
                .formatted(
                        test.get("name").getAsString(),
                        test.get("outcome").getAsString(),
                        test.getAsJsonArray("calls").size(),
                        limits);
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsJsonObject);
    }
}
