package io.github.llmbudget.report.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.llmbudget.wire.JsonOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** The rows of a table that is too long to stand in the page, for the page's script: JSON, deflated, in base 64. */
final class RowData {

    private static final int BUFFER = 1 << 16;

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream(BUFFER);
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final JsonOut json =
            new JsonOut(new DeflaterOutputStream(Base64.getEncoder().wrap(packed), deflater, BUFFER), BUFFER);

    /** What many rows have in common, texts and lists of texts, with its place among them. */
    private final Map<Object, Integer> shared = new LinkedHashMap<>();

    RowData() {
        unchecked(() -> json.beginObject().name("rows").beginArray());
    }

    void add(TestRow row) {
        unchecked(() -> write(row));
    }

    String text() {
        unchecked(() -> {
            json.endArray();
            json.name("shared").beginArray();
            for (Object common : shared.keySet()) {
                write(common);
            }
            json.endArray().endObject();
            json.close();
        });
        deflater.end();
        return packed.toString(ISO_8859_1);
    }

    private void write(TestRow row) throws IOException {
        json.beginArray();
        share(row.standing().id());
        share(row.standing().label());
        share(row.kind());
        share(row.testClass());
        json.value(shortened(row.name(), row.testClass()));
        // Most of the time it is the name.
        json.value(row.anchor().equals(row.name()) ? "" : row.anchor());
        share(row.models());
        share(row.roles());
        share(row.marks());
        share(row.limit());
        share(row.share());
        share(row.headroom());
        Bar bar = row.bar();
        share(bar.tone());
        json.value(bar.used()).value(bar.over()).value(bar.warning());
        for (String figure : row.figures()) {
            json.value(figure);
        }
        json.endArray();
    }

    /** Returns the name behind that of its class where it begins so, else the whole name behind an equals sign. */
    private static String shortened(String name, String testClass) {
        int simple = testClass.length() - testClass.lastIndexOf('.') - 1;
        boolean isOfClass = name.length() > simple
                && name.charAt(simple) == '.'
                && name.regionMatches(0, testClass, testClass.length() - simple, simple);
        return isOfClass ? name.substring(simple) : "=" + name;
    }

    private void share(Object common) throws IOException {
        Integer place = shared.get(common);
        if (place == null) {
            place = shared.size();
            shared.put(common, place);
        }
        json.value(place);
    }

    private void write(Object common) throws IOException {
        if (common instanceof List<?> texts) {
            json.beginArray();
            for (Object text : texts) {
                json.value(text.toString());
            }
            json.endArray();
        } else {
            json.value(common.toString());
        }
    }

    private static void unchecked(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
