package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the events of an answer in a cassette. */
final class EventReader {

    private static final StreamEvent NONE = new StreamEvent(new byte[0], List.of());

    private final byte[] file;
    private final JsonCursor json;
    private final EventFraming framing;
    private final JsonPlace place;
    private boolean checking;
    private long at;

    EventReader(byte[] file, int from, EventFraming framing, JsonPlace place) {
        this.file = file;
        this.json = new JsonCursor(file, from, file.length);
        this.framing = framing;
        this.place = place;
    }

    /** Checks all events, and makes none of them. */
    void check() {
        checking = true;
        read();
    }

    List<StreamEvent> read() {
        List<StreamEvent> events = new ArrayList<>();
        json.beginArray();
        for (int index = 0; json.nextElement(); index++) {
            place.element(index);
            StreamEvent event = event();
            // An event that somebody emptied was never sent.
            if (event.raw().length > 0) {
                events.add(event);
            }
            place.leave();
        }
        return events;
    }

    private StreamEvent event() {
        List<StreamEvent.Part> parts = List.of();
        byte[] name = null;
        byte[] data = null;
        byte[] raw = null;
        int begin = json.position();
        json.beginObject();
        for (String member = json.nextName(); member != null; member = json.nextName()) {
            place.member(member);
            switch (member) {
                case "at" -> at = CassetteReader.micros(json);
                case "parts" -> parts = parts();
                case "event" -> name = json.string().getBytes(UTF_8);
                case "data" -> data = json.peek() == '"' ? json.string().getBytes(UTF_8) : onOneLine();
                case "line" ->
                    raw = new ByteBuilder(256).append(onOneLine()).append('\n').toBytes();
                case "text" -> raw = json.string().getBytes(UTF_8);
                case "base64" -> raw = CassetteReader.base64(json);
                default ->
                    throw json.fault(
                            "'" + member + "' is none of the members at, parts, event, data, line, text, base64");
            }
            place.leave();
        }
        if ((data == null) == (raw == null)) {
            throw new JsonFault(begin, "an event has one of data, line, text and base64");
        }
        if (checking) {
            return NONE;
        }
        byte[] bytes = data == null ? raw : framing.write(name, data);
        return fitted(bytes == null ? new byte[0] : bytes, parts);
    }

    private StreamEvent fitted(byte[] raw, List<StreamEvent.Part> parts) {
        List<StreamEvent.Part> known = parts.isEmpty() ? List.of(new StreamEvent.Part(raw.length, at)) : parts;
        StreamEvent event = new StreamEvent(raw, known).withRaw(raw);
        if (!event.parts().isEmpty()) {
            at = event.parts().get(event.parts().size() - 1).at();
        }
        return event;
    }

    private List<StreamEvent.Part> parts() {
        List<StreamEvent.Part> parts = new ArrayList<>();
        json.beginArray();
        while (json.nextElement()) {
            json.beginArray();
            int position = json.position();
            StreamEvent.Part part = null;
            if (json.nextElement()) {
                String length = json.number();
                if (length.matches("[1-9]\\d{0,8}") && json.nextElement()) {
                    part = new StreamEvent.Part(Integer.parseInt(length), CassetteReader.micros(json));
                }
            }
            if (part == null || json.nextElement()) {
                throw new JsonFault(position, "a part is a number of bytes and a time, such as [17, 0.412]");
            }
            parts.add(part);
        }
        return parts;
    }

    /** The next value as it stands in the file, but without the line ends that an editor may have put in. */
    private byte[] onOneLine() {
        int from = json.position();
        json.skipValue();
        int to = json.ended();
        if (checking) {
            return NONE.raw();
        }
        for (int i = from; i < to; i++) {
            if (file[i] == '\n' || file[i] == '\r') {
                return JsonLayout.COMPACT.write(file, from, to);
            }
        }
        return Arrays.copyOfRange(file, from, to);
    }
}
