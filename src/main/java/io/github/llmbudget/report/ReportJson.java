package io.github.llmbudget.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.InputStep;
import io.github.llmbudget.price.TimeWindow;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
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
            .registerTypeAdapter(TokenCounts.class, new OnlyWritten<>(CallWriter::writeParts))
            .registerTypeAdapter(Cost.class, new OnlyWritten<>(CallWriter::writeSum))
            .create();

    private ReportJson() {}

    static String line(Object value) {
        return GSON.toJson(value);
    }

    static void write(JsonWriter out, Object value) {
        GSON.toJson(value, value.getClass(), out);
    }

    static <T> T read(String json, Class<T> type) {
        return GSON.fromJson(json, type);
    }

    static <T> T read(JsonReader in, Class<T> type) {
        return GSON.fromJson(in, type);
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

    /** Sums are made anew from what the journals tell, and never read. */
    private static final class OnlyWritten<T> extends TypeAdapter<T> {

        private final Writing<T> writing;

        OnlyWritten(Writing<T> writing) {
            this.writing = writing;
        }

        @Override
        public void write(JsonWriter out, T value) throws IOException {
            writing.write(out, value);
        }

        @Override
        public T read(JsonReader in) {
            throw new UnsupportedOperationException();
        }
    }

    private interface Writing<T> {
        void write(JsonWriter out, T value) throws IOException;
    }
}
