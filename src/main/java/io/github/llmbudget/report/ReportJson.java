package io.github.llmbudget.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.github.llmbudget.price.InputStep;
import io.github.llmbudget.price.TimeWindow;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of journal and report as JSON: money as strings, times as ISO-8601, absent values left out. Tests and calls,
 * of which there can be many, have writers and readers of their own.
 */
final class ReportJson {

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeAdapter(Instant.class, new AsString<>(Instant::parse, Instant::toString))
            .registerTypeAdapter(LocalDate.class, new AsString<>(LocalDate::parse, LocalDate::toString))
            .registerTypeAdapter(TimeWindow.class, new AsString<>(TimeWindow::of, TimeWindow::toString))
            .registerTypeAdapter(InputStep.class, new AsString<>(InputStep::of, InputStep::notation))
            .registerTypeAdapter(BigDecimal.class, new AsString<>(BigDecimal::new, Decimals::plain))
            .create();

    private ReportJson() {}

    static String line(Object value) {
        return GSON.toJson(value);
    }

    static <T> T read(String json, Class<T> type) {
        return notNull(GSON.fromJson(json, type));
    }

    static <T> T read(JsonReader in, Class<T> type) {
        return notNull(GSON.fromJson(in, type));
    }

    private static <T> T notNull(@Nullable T value) {
        return Objects.requireNonNull(value, "it has null for a value");
    }

    /** Tells what is wrong with a line. Gson adds a second line, with the address of its guide. */
    static String problem(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static final class AsString<T> extends TypeAdapter<@Nullable T> {

        private final Function<String, T> parse;
        private final Function<T, String> format;

        AsString(Function<String, T> parse, Function<T, String> format) {
            this.parse = parse;
            this.format = format;
        }

        @Override
        public void write(JsonWriter out, @Nullable T value) throws IOException {
            if (value == null) {
                out.nullValue();
            } else {
                out.value(format.apply(value));
            }
        }

        @Override
        public @Nullable T read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return null;
            }
            return parse.apply(in.nextString());
        }
    }
}
