package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.wire.HttpExchange;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a cassette, also one that a person has edited. Every byte is checked when it is loaded, but bodies are only
 * divided from each other: most of a big cassette is never looked into.
 */
final class CassetteReader {

    private static final String REMEDY = "Mend the file, or delete it and record it again with llmbudget.mode=record.";

    private final byte[] file;
    private final JsonCursor json;
    private final JsonPlace place = new JsonPlace();

    private CassetteReader(byte[] file) {
        this.file = file;
        this.json = new JsonCursor(file);
    }

    /**
     * Reads a cassette.
     *
     * @param name how the file is called in messages
     * @throws ConfigurationException if it is no cassette
     */
    static Cassette read(byte[] file, String name) {
        CassetteReader reader = new CassetteReader(file);
        try {
            return reader.cassette();
        } catch (JsonFault e) {
            int position = Math.min(e.position(), file.length);
            throw new ConfigurationException(
                    "The cassette " + name + " cannot be read: " + e.getMessage() + " at " + reader.place + ", "
                            + lineAndColumn(file, position) + ". " + REMEDY,
                    e);
        }
    }

    private static String lineAndColumn(byte[] file, int position) {
        int line = 1;
        int lineBegins = 0;
        for (int i = 0; i < position; i++) {
            if (file[i] == '\n') {
                line++;
                lineBegins = i + 1;
            }
        }
        int column = new String(file, lineBegins, position - lineBegins, UTF_8).length() + 1;
        return "line " + line + ", column " + column;
    }

    private Cassette cassette() {
        String test = null;
        String upstream = null;
        List<RecordedExchange> exchanges = null;
        boolean versioned = false;
        int begin = json.position();
        json.beginObject();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            place.member(name);
            switch (name) {
                case "version" -> {
                    checkVersion();
                    versioned = true;
                }
                case "test" -> test = json.string();
                case "upstream" -> upstream = json.string();
                case "exchanges" -> exchanges = exchanges();
                default -> throw unknown(name, "version, test, upstream, exchanges");
            }
            place.leave();
        }
        json.finish();
        if (!versioned) {
            throw missing(begin, "version");
        }
        if (test == null) {
            throw missing(begin, "test");
        }
        if (exchanges == null) {
            throw missing(begin, "exchanges");
        }
        return new Cassette(test, upstream, exchanges);
    }

    private void checkVersion() {
        int position = json.position();
        String version = json.number();
        if (!version.equals(String.valueOf(CassetteWriter.VERSION))) {
            throw new JsonFault(
                    position,
                    "it is of version " + version + ", and this llm-budget reads version " + CassetteWriter.VERSION
                            + " (a newer llm-budget may have written it; use that one)");
        }
    }

    private List<RecordedExchange> exchanges() {
        List<RecordedExchange> exchanges = new ArrayList<>();
        json.beginArray();
        while (json.nextElement()) {
            place.element(exchanges.size());
            exchanges.add(exchange());
            place.leave();
        }
        return exchanges;
    }

    private RecordedExchange exchange() {
        Instant begun = null;
        RecordedRequest request = null;
        RecordedAnswer answer = null;
        int begin = json.position();
        json.beginObject();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            place.member(name);
            switch (name) {
                case "begun" -> begun = instant();
                case "request" -> request = request();
                case "answer" -> answer = answer();
                default -> throw unknown(name, "begun, request, answer");
            }
            place.leave();
        }
        if (begun == null) {
            throw missing(begin, "begun");
        }
        if (request == null) {
            throw missing(begin, "request");
        }
        if (answer == null) {
            throw missing(begin, "answer");
        }
        return new RecordedExchange(begun, request, answer);
    }

    private Instant instant() {
        int position = json.position();
        String text = json.string();
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new JsonFault(position, "'" + text + "' is no instant such as 2026-11-27T10:00:00.123Z");
        }
    }

    private RecordedRequest request() {
        String method = null;
        String path = null;
        String contentType = null;
        Supplier<byte[]> body = null;
        int begin = json.position();
        json.beginObject();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            place.member(name);
            switch (name) {
                case "method" -> method = json.string();
                case "path" -> path = json.string();
                case "contentType" -> contentType = json.string();
                case "body" -> body = only(body, value());
                case "text" -> body = only(body, whole(json.string().getBytes(UTF_8)));
                case "base64" -> body = only(body, whole(base64()));
                default -> throw unknown(name, "method, path, contentType, body, text, base64");
            }
            place.leave();
        }
        if (method == null) {
            throw missing(begin, "method");
        }
        if (path == null) {
            throw missing(begin, "path");
        }
        return new RecordedRequest(method, path, contentType, body == null ? whole(new byte[0]) : body);
    }

    private RecordedAnswer answer() {
        int status = -1;
        List<HttpExchange.Header> headers = List.of();
        long at = 0;
        JsonLayout layout = JsonLayout.COMPACT;
        int bodyFrom = -1;
        int bodyTo = -1;
        byte[] body = null;
        EventFraming framing = EventFraming.USUAL;
        int eventsAt = -1;
        boolean cut = false;
        int begin = json.position();
        json.beginObject();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            place.member(name);
            switch (name) {
                case "status" -> status = status();
                case "headers" -> headers = headers();
                case "at" -> at = micros();
                case "layout" -> layout = layout();
                case "body" -> {
                    bodyFrom = json.position();
                    json.skipValue();
                    bodyTo = json.ended();
                }
                case "text" -> body = only(body, json.string().getBytes(UTF_8));
                case "base64" -> body = only(body, base64());
                case "framing" -> framing = framing();
                case "events" -> {
                    // Read when all that says how to read them is known.
                    eventsAt = json.position();
                    json.skipValue();
                }
                case "cut" -> cut = json.bool();
                default -> throw unknown(name, "status, headers, at, layout, body, text, base64, framing, events, cut");
            }
            place.leave();
        }
        if (status < 0) {
            throw missing(begin, "status");
        }
        if ((bodyFrom < 0 ? 0 : 1) + (body == null ? 0 : 1) + (eventsAt < 0 ? 0 : 1) > 1) {
            throw new JsonFault(begin, "an answer has one of body, text, base64 and events");
        }
        Supplier<List<RecordedAnswer.Chunk>> chunks = List::of;
        if (eventsAt >= 0) {
            chunks = events(eventsAt, framing);
        } else if (bodyFrom >= 0) {
            chunks = body(Micros.duration(at), layout, bodyFrom, bodyTo);
        } else if (body != null) {
            List<RecordedAnswer.Chunk> whole = List.of(new RecordedAnswer.Chunk(Micros.duration(at), body));
            chunks = () -> whole;
        }
        return RecordedAnswer.lazy(status, List.copyOf(headers), chunks, cut);
    }

    private int status() {
        int position = json.position();
        String text = json.number();
        if (text.length() != 3 || text.charAt(0) < '1' || text.charAt(0) > '5') {
            throw new JsonFault(position, text + " is no HTTP status");
        }
        return Integer.parseInt(text);
    }

    private List<HttpExchange.Header> headers() {
        List<HttpExchange.Header> headers = new ArrayList<>();
        json.beginObject();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            place.member(name);
            if (json.peek() == '[') {
                json.beginArray();
                while (json.nextElement()) {
                    headers.add(new HttpExchange.Header(name, json.string()));
                }
            } else {
                headers.add(new HttpExchange.Header(name, json.string()));
            }
            place.leave();
        }
        return headers;
    }

    private JsonLayout layout() {
        int position = json.position();
        String name = json.string();
        JsonLayout layout = JsonLayout.named(name);
        if (layout == null) {
            throw new JsonFault(position, "'" + name + "' is none of the layouts " + JsonLayout.names());
        }
        return layout;
    }

    private EventFraming framing() {
        int position = json.position();
        String name = json.string();
        EventFraming framing = EventFraming.named(name);
        if (framing == null) {
            throw new JsonFault(position, "'" + name + "' is none of the framings usual, crlf, tight");
        }
        return framing;
    }

    private Supplier<List<RecordedAnswer.Chunk>> body(Duration at, JsonLayout layout, int from, int to) {
        return () -> List.of(new RecordedAnswer.Chunk(at, layout.write(file, from, to)));
    }

    private Supplier<List<RecordedAnswer.Chunk>> events(int from, EventFraming framing) {
        place.member("events");
        new EventReader(file, from, framing, place).check();
        place.leave();
        return () -> StreamEvent.joined(new EventReader(file, from, framing, new JsonPlace()).read());
    }

    private long micros() {
        return micros(json);
    }

    static long micros(JsonCursor json) {
        int position = json.position();
        String text = json.number();
        try {
            long micros = Micros.parse(text);
            if (micros >= 0) {
                return micros;
            }
        } catch (ArithmeticException e) {
            throw new JsonFault(position, text + " is too long a time in milliseconds");
        }
        throw new JsonFault(position, text + " is no time in milliseconds: nothing comes before the request");
    }

    /** The next value as it stands in the file. */
    private Supplier<byte[]> value() {
        int from = json.position();
        json.skipValue();
        int to = json.ended();
        return () -> Arrays.copyOfRange(file, from, to);
    }

    @SuppressWarnings("UnnecessaryLambda") // one of several ways to have a body
    private static Supplier<byte[]> whole(byte[] body) {
        return () -> body;
    }

    private byte[] base64() {
        return base64(json);
    }

    static byte[] base64(JsonCursor json) {
        int position = json.position();
        String text = json.string();
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new JsonFault(position, "this is not base64");
        }
    }

    private <T> T only(@Nullable T known, T body) {
        if (known != null) {
            throw json.fault("there is one of body, text and base64 already");
        }
        return body;
    }

    private JsonFault unknown(String name, String known) {
        return json.fault("'" + name + "' is none of the members " + known);
    }

    private JsonFault missing(int begin, String name) {
        return new JsonFault(begin, "the member '" + name + "' is missing");
    }
}
