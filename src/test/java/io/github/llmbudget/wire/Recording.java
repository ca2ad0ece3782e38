package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** One exchange that a real service had, with what is right to read off it, see {@code src/test/resources/traffic}. */
record Recording(JsonObject json) {

    private static final WireFormats FORMATS = WireFormats.all();

    static List<Recording> all() {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/traffic"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Recording> read(Path file) {
        try {
            return Files.readAllLines(file, UTF_8).stream()
                    .map(line -> new Recording(JsonParser.parseString(line).getAsJsonObject()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpExchange.Request request() {
        String url = text("url").orElseThrow().replaceFirst("#.*", "");
        String host = url.startsWith("http") ? url.replaceFirst("https?://([^/:]+).*", "$1") : null;
        String path = url.replaceFirst("(https?://)?[^/]+", "");
        JsonElement body = json.get("request_body");
        String text =
                body == null || body.isJsonNull() ? "" : body.isJsonPrimitive() ? body.getAsString() : body.toString();
        return new HttpExchange.Request(
                text("method").orElseThrow(), path, headers("request_headers"), text.getBytes(UTF_8), host);
    }

    HttpExchange.Response head() {
        return new HttpExchange.Response(status(), headers("response_headers"));
    }

    int status() {
        return json.get("http_status").getAsInt();
    }

    byte[] body() {
        return text("response_body_b64")
                .map(packed -> Base64.getDecoder().decode(packed))
                .or(() -> text("response_body").map(body -> body.getBytes(UTF_8)))
                .orElseGet(() -> new byte[0]);
    }

    boolean isStreaming() {
        return json.get("streaming").getAsBoolean();
    }

    Optional<String> text(String key) {
        return json.get(key) instanceof JsonPrimitive value ? Optional.of(value.getAsString()) : Optional.empty();
    }

    OptionalLong expectedLiteral(String count) {
        return number("expected_usage", count);
    }

    OptionalLong expectedInclusive(String count) {
        return number("expected_inclusive", count);
    }

    Optional<BigDecimal> reportedCost() {
        return text("reported_cost_usd").map(BigDecimal::new);
    }

    private OptionalLong number(String object, String key) {
        return json.get(object) instanceof JsonObject counts && counts.get(key) instanceof JsonPrimitive count
                ? OptionalLong.of(count.getAsLong())
                : OptionalLong.empty();
    }

    private List<HttpExchange.Header> headers(String key) {
        List<HttpExchange.Header> headers = new ArrayList<>();
        if (json.get(key) instanceof JsonObject object) {
            object.entrySet().stream()
                    .filter(header -> header.getValue().isJsonPrimitive())
                    .forEach(header -> headers.add(new HttpExchange.Header(
                            header.getKey(), header.getValue().getAsString())));
        }
        return headers;
    }

    /** The format that reads this exchange as a call of its own. */
    Optional<WireFormat> format() {
        HttpExchange.Request request = request();
        return FORMATS.find(request).filter(format -> !format.retrieves(request));
    }

    /** Reads the answer in pieces, the lengths of which begin anew when they are used up. */
    LlmCall read(int... pieces) {
        return read(body(), CallStatus.COMPLETE, pieces);
    }

    LlmCall read(byte[] body, CallStatus status, int... pieces) {
        UsageReader reader = format().orElseThrow().open(request());
        reader.begin(head());
        return Answers.read(reader, body, status, pieces);
    }

    @Override
    public String toString() {
        return text("provider").orElse("?") + " " + text("endpoint").orElse("?") + (isStreaming() ? " stream " : " ")
                + status() + " " + text("id").orElse("?");
    }
}
