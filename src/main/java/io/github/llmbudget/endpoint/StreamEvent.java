package io.github.llmbudget.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param type its {@code event:} line, {@code null} for none
 * @param data its data
 * @param generated the piece of what the model generates that it carries, {@code null} for none
 */
record StreamEvent(
        @Nullable String type, String data, @Nullable String generated) {

    static StreamEvent of(JsonMembers data) {
        return new StreamEvent(null, Json.text(data), null);
    }

    static StreamEvent of(JsonMembers data, String generated) {
        return new StreamEvent(null, Json.text(data), generated);
    }

    static StreamEvent done() {
        return new StreamEvent(null, "[DONE]", null);
    }

    /** Returns this event with half of its data. */
    StreamEvent broken() {
        return new StreamEvent(type, data.substring(0, data.length() / 2), generated);
    }

    String render() {
        return (type == null ? "" : "event: " + type + "\n") + "data: " + data + "\n\n";
    }
}
