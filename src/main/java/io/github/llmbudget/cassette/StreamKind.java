package io.github.llmbudget.cassette;

import io.github.llmbudget.wire.HttpExchange;
import java.util.List;

/** How a body is divided into events. */
enum StreamKind {
    /** Not at all, or nobody can tell. */
    NONE,
    /** Server-sent events: an empty line ends an event. */
    EVENTS,
    /** One JSON text a line. */
    LINES;

    static StreamKind of(List<HttpExchange.Header> headers) {
        StreamKind kind = NONE;
        for (HttpExchange.Header header : headers) {
            if (header.is("Content-Type") && kind == NONE) {
                kind = switch (MediaType.of(header.value())) {
                    case "text/event-stream" -> EVENTS;
                    case "application/x-ndjson", "application/jsonl", "application/x-jsonlines" -> LINES;
                    default -> NONE;
                };
            } else if (header.is("Content-Encoding") && !header.value().equalsIgnoreCase("identity")) {
                return NONE;
            }
        }
        return kind;
    }
}
