package io.github.llmbudget.report.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.stream.JsonWriter;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** The rows of a table that is too long to stand in the page, for the page's script: JSON, deflated, in base 64. */
final class RowData {

    private static final int BUFFER = 1 << 16;

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream(BUFFER);
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final JsonWriter json = new JsonWriter(new BufferedWriter(
            new OutputStreamWriter(new DeflaterOutputStream(Base64.getEncoder().wrap(packed), deflater, BUFFER), UTF_8),
            BUFFER));

    RowData() {
        unchecked(json::beginArray);
    }

    void add(TestRow row) {
        unchecked(() -> write(row));
    }

    String text() {
        unchecked(() -> {
            json.endArray();
            json.close();
        });
        deflater.end();
        return packed.toString(ISO_8859_1);
    }

    private void write(TestRow row) throws IOException {
        json.beginArray();
        json.value(row.status().id()).value(row.status().label()).value(row.kind());
        json.value(row.name()).value(row.testClass());
        // Most of the time it is the name.
        json.value(row.anchor().equals(row.name()) ? "" : row.anchor());
        write(row.models());
        write(row.roles());
        write(row.marks());
        write(row.figures());
        json.value(row.limit()).value(row.share()).value(row.mark()).value(row.headroom());
        Bar bar = row.bar();
        json.value(bar.tone()).value(bar.used()).value(bar.over()).value(bar.warning());
        json.endArray();
    }

    private void write(List<String> texts) throws IOException {
        json.beginArray();
        for (String text : texts) {
            json.value(text);
        }
        json.endArray();
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
