package io.github.llmbudget.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.price.InputStep;
import io.github.llmbudget.price.TimeWindow;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Journal and report as JSON: money as strings, times as ISO-8601, spans of time as ISO-8601 durations, absent values
 * left out.
 */
final class ReportJson {

    private static final GsonBuilder BUILDER = new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeAdapterFactory(new UnknownLeftOut())
            .registerTypeAdapter(Instant.class, new AsString<>(Instant::parse, Instant::toString))
            .registerTypeAdapter(Duration.class, new AsString<>(Duration::parse, Duration::toString))
            .registerTypeAdapter(LocalDate.class, new AsString<>(LocalDate::parse, LocalDate::toString))
            .registerTypeAdapter(TimeWindow.class, new AsString<>(TimeWindow::of, TimeWindow::toString))
            .registerTypeAdapter(EstimateReason.class, new AsString<>(EstimateReason::ofLabel, EstimateReason::label))
            .registerTypeAdapter(InputStep.class, new AsString<>(InputStep::of, InputStep::notation))
            .registerTypeAdapter(
                    BigDecimal.class,
                    new AsString<>(
                            BigDecimal::new,
                            amount -> amount.stripTrailingZeros().toPlainString()));

    private static final Gson LINE = BUILDER.create();
    private static final Gson DOCUMENT = BUILDER.setPrettyPrinting().create();

    private ReportJson() {}

    static String line(Object value) {
        return LINE.toJson(value);
    }

    static String document(UsageReport report) {
        return DOCUMENT.toJson(report) + "\n";
    }

    static <T> T read(String json, Class<T> type) {
        return LINE.fromJson(json, type);
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
