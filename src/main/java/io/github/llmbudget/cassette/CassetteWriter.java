package io.github.llmbudget.cassette;

import io.github.llmbudget.wire.HttpExchange;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a cassette so that a person can read it and a review shows what changed: bodies as indented JSON, streams with a
 * line an event, and everything else as text, or in base64 if it is none.
 */
final class CassetteWriter {

    static final int VERSION = 1;

    private final ByteBuilder out = new ByteBuilder(1 << 14);

    private CassetteWriter() {}

    static byte[] write(Cassette cassette) {
        CassetteWriter writer = new CassetteWriter();
        writer.cassette(cassette);
        return writer.out.toBytes();
    }

    private void cassette(Cassette cassette) {
        out.append("{").line(1).append("\"version\": " + VERSION);
        member(1, "test").append(JsonText.quoted(cassette.test()));
        if (cassette.upstream() != null) {
            member(1, "upstream").append(JsonText.quoted(cassette.upstream()));
        }
        member(1, "exchanges").append("[");
        String before = "";
        for (RecordedExchange exchange : cassette.exchanges()) {
            out.append(before).line(2);
            exchange(exchange);
            before = ",";
        }
        if (!before.isEmpty()) {
            out.line(1);
        }
        out.append("]").line(0).append("}").line(0);
    }

    private ByteBuilder member(int level, String name) {
        return out.append(",").line(level).append("\"" + name + "\": ");
    }

    private void exchange(RecordedExchange exchange) {
        out.append("{").line(3).append("\"begun\": ");
        out.append(JsonText.quoted(exchange.begun().toString()));
        member(3, "request");
        request(exchange.request());
        member(3, "answer");
        answer(exchange.answer());
        out.line(2).append("}");
    }

    private void request(RecordedRequest request) {
        out.append("{").line(4).append("\"method\": ").append(JsonText.quoted(request.method()));
        member(4, "path").append(JsonText.quoted(request.path()));
        if (request.contentType() != null) {
            member(4, "contentType").append(JsonText.quoted(request.contentType()));
        }
        byte[] body = request.body();
        // These bytes are compared, never sent again, so their white space is nobody's concern.
        if (JsonCursor.isObjectOrArray(body, 0, body.length)) {
            member(4, "body");
            JsonLayout.show(body, 0, body.length, 4, out);
        } else if (body.length > 0) {
            textMember(4, body);
        }
        out.line(3).append("}");
    }

    private void answer(RecordedAnswer answer) {
        out.append("{").line(4).append("\"status\": " + answer.status());
        member(4, "headers");
        headers(answer.headers());
        StreamKind kind = answer.stream();
        if (kind != StreamKind.NONE) {
            events(StreamEvent.of(answer.chunks(), kind), kind);
        } else if (!answer.chunks().isEmpty()) {
            RecordedAnswer.Chunk whole = answer.chunks().get(0);
            member(4, "at").append(Micros.text(Micros.of(whole.at())));
            body(whole.bytes());
        }
        if (answer.cut()) {
            member(4, "cut").append("true");
        }
        out.line(3).append("}");
    }

    private void headers(List<HttpExchange.Header> headers) {
        Map<String, String> values = new LinkedHashMap<>();
        headers.forEach(header ->
                values.merge(header.name(), JsonText.quoted(header.value()), (one, other) -> one + ", " + other));
        if (values.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append("{");
        String before = "";
        for (Map.Entry<String, String> header : values.entrySet()) {
            boolean several = headers.stream()
                            .filter(one -> one.name().equals(header.getKey()))
                            .count()
                    > 1;
            out.append(before).line(5).append(JsonText.quoted(header.getKey())).append(": ");
            out.append(several ? "[" + header.getValue() + "]" : header.getValue());
            before = ",";
        }
        out.line(4).append("}");
    }

    private void body(byte[] body) {
        Optional<JsonLayout> layout = JsonLayout.of(body);
        if (layout.isEmpty()) {
            textMember(4, body);
            return;
        }
        if (layout.get() != JsonLayout.COMPACT) {
            member(4, "layout").append(JsonText.quoted(layout.get().name()));
        }
        member(4, "body");
        JsonLayout.show(body, 0, body.length, 4, out);
    }

    private void textMember(int level, byte[] body) {
        Optional<String> text = JsonText.decoded(body);
        if (text.isPresent()) {
            member(level, "text").append(JsonText.quoted(text.get()));
        } else {
            member(level, "base64").append(JsonText.quoted(Base64.getEncoder().encodeToString(body)));
        }
    }

    private void events(List<StreamEvent> events, StreamKind kind) {
        EventFraming framing = kind == StreamKind.EVENTS ? framing(events) : EventFraming.USUAL;
        if (framing != EventFraming.USUAL) {
            member(4, "framing").append(JsonText.quoted(framing.id()));
        }
        member(4, "events").append("[");
        String before = "";
        for (StreamEvent event : events) {
            out.append(before).line(5);
            event(event, kind, framing);
            before = ",";
        }
        if (!before.isEmpty()) {
            out.line(4);
        }
        out.append("]");
    }

    private static EventFraming framing(List<StreamEvent> events) {
        return events.stream()
                .flatMap(event -> Arrays.stream(EventFraming.values())
                        .filter(framing -> framing.fields(event.raw()) != null)
                        .limit(1))
                .findFirst()
                .orElse(EventFraming.USUAL);
    }

    private void event(StreamEvent event, StreamKind kind, EventFraming framing) {
        out.append("{\"at\": ").append(Micros.text(event.parts().get(0).at()));
        if (event.parts().size() > 1) {
            out.append(", \"parts\": [");
            String before = "";
            for (StreamEvent.Part part : event.parts()) {
                out.append(before + "[" + part.length() + ", " + Micros.text(part.at()) + "]");
                before = ", ";
            }
            out.append("]");
        }
        if (!(kind == StreamKind.LINES ? line(event.raw()) : fields(event.raw(), framing.fields(event.raw())))) {
            Optional<String> text = JsonText.decoded(event.raw());
            out.append(text.isPresent() ? ", \"text\": " : ", \"base64\": ")
                    .append(JsonText.quoted(
                            text.orElseGet(() -> Base64.getEncoder().encodeToString(event.raw()))));
        }
        out.append("}");
    }

    /** Writes a line that is JSON; its bytes stay as they are, for they are on one line already. */
    private boolean line(byte[] raw) {
        int end = raw.length - 1;
        if (raw[end] != '\n' || !isBareJson(raw, 0, end)) {
            return false;
        }
        out.append(", \"line\": ").append(raw, 0, end);
        return true;
    }

    private boolean fields(byte[] raw, EventFraming.@Nullable Fields fields) {
        if (fields == null) {
            return false;
        }
        Optional<String> name = fields.nameFrom() < 0
                ? Optional.of("")
                : JsonText.decoded(Arrays.copyOfRange(raw, fields.nameFrom(), fields.nameTo()));
        boolean json = isBareJson(raw, fields.dataFrom(), fields.dataTo());
        Optional<String> data =
                json ? Optional.of("") : JsonText.decoded(Arrays.copyOfRange(raw, fields.dataFrom(), fields.dataTo()));
        if (name.isEmpty() || data.isEmpty()) {
            return false;
        }
        if (fields.nameFrom() >= 0) {
            out.append(", \"event\": ").append(JsonText.quoted(name.get()));
        }
        out.append(", \"data\": ");
        if (json) {
            out.append(raw, fields.dataFrom(), fields.dataTo());
        } else {
            out.append(JsonText.quoted(data.get()));
        }
        return true;
    }

    /** Tells whether bytes are JSON on one line, with no white space around it that would be lost. */
    private static boolean isBareJson(byte[] raw, int from, int to) {
        if (to - from < 2 || (raw[to - 1] != '}' && raw[to - 1] != ']') || (raw[from] != '{' && raw[from] != '[')) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (raw[i] == '\r') {
                return false;
            }
        }
        return JsonCursor.isObjectOrArray(raw, from, to);
    }
}
