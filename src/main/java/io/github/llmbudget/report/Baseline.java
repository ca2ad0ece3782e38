package io.github.llmbudget.report;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import io.github.llmbudget.price.Cost;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tests of an earlier run cost, as its {@code report.json} tells.
 *
 * @param created when that report was made
 * @param tests its tests by JUnit's unique ids
 */
record Baseline(Instant created, Map<String, Priced> tests) {

    /** No amount of money has so many digits before or after its point; what has could not be added up. */
    private static final int MOST_DIGITS = 60;

    /** What one test cost. */
    record Priced(String name, Cost cost) {

        Priced plus(Priced other) {
            return new Priced(name, Cost.sum(List.of(cost, other.cost)));
        }
    }

    /**
     * Reads a report, and keeps no more of it than names and costs.
     *
     * @throws IOException if it is missing or damaged, or of a version that this release does not know
     */
    static Baseline read(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file);
                JsonReader json = new JsonReader(text)) {
            return new Document(json).read();
        } catch (NoSuchFileException e) {
            throw new IOException("it does not exist", e);
        } catch (EOFException | MalformedJsonException e) {
            throw new IOException("it is damaged", e);
        } catch (IllegalStateException | IllegalArgumentException | DateTimeException e) {
            // What Gson says ends in a line of advice to programmers.
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IOException("it is damaged: " + reason, e);
        }
    }

    /** A document while it is read. */
    private static final class Document {

        private final JsonReader json;
        private final Map<String, Priced> tests = new LinkedHashMap<>();
        private @Nullable String version;
        private @Nullable Instant created;
        private boolean hasTests;

        Document(JsonReader json) {
            this.json = json;
        }

        Baseline read() throws IOException {
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "version" -> version = checked(json.nextString());
                    case "created" -> created = Instant.parse(json.nextString());
                    case "tests" -> readTests();
                    default -> json.skipValue();
                }
            }
            json.endObject();
            if (version == null || created == null || !hasTests) {
                throw new IOException("it is no report of llm-budget");
            }
            return new Baseline(created, tests);
        }

        private static String checked(String version) throws IOException {
            String known = UsageReport.VERSION.split("\\.", -1)[0];
            if (!version.split("\\.", -1)[0].equals(known)) {
                throw new IOException("its version is " + version + ", and this release reads " + known + ".x");
            }
            return version;
        }

        private void readTests() throws IOException {
            hasTests = true;
            json.beginArray();
            while (json.hasNext()) {
                readTest();
            }
            json.endArray();
        }

        private void readTest() throws IOException {
            String id = null;
            String name = null;
            Cost cost = null;
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "id" -> id = json.nextString();
                    case "name" -> name = json.nextString();
                    case "cost" -> cost = readCost();
                    default -> json.skipValue();
                }
            }
            json.endObject();
            if (id == null || name == null || cost == null) {
                throw new IOException("it does not tell what each test cost");
            }
            tests.merge(id, new Priced(name, cost), Priced::plus);
        }

        private Cost readCost() throws IOException {
            BigDecimal usd = null;
            Cost.Exactness exactness = null;
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "usd" -> usd = amount(json.nextString());
                    case "exactness" -> exactness = Cost.Exactness.valueOf(json.nextString());
                    default -> json.skipValue();
                }
            }
            json.endObject();
            if (exactness == Cost.Exactness.UNPRICED) {
                return Cost.UNKNOWN;
            }
            if (usd == null || exactness == null) {
                throw new IOException("it does not tell what each test cost");
            }
            return new Cost(usd, exactness, List.of());
        }

        private static BigDecimal amount(String text) {
            BigDecimal amount = new BigDecimal(text);
            if (amount.signum() < 0
                    || Math.abs((long) amount.scale()) > MOST_DIGITS
                    || amount.precision() > MOST_DIGITS) {
                throw new IllegalArgumentException("an amount of " + PlainText.beginning(text, MOST_DIGITS));
            }
            return amount;
        }
    }
}
