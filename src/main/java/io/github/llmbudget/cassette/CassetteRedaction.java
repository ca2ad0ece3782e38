package io.github.llmbudget.cassette;

import io.github.llmbudget.wire.HttpExchange;
import java.util.List;

/** Redacts whole exchanges, and substitutes in them. */
record CassetteRedaction(Redaction redaction, Substitutions substitutions) {

    RecordedExchange in(RecordedExchange exchange) {
        RecordedRequest request = exchange.request();
        RecordedAnswer answer = exchange.answer();
        return new RecordedExchange(
                exchange.begun(),
                new RecordedRequest(
                        request.method(),
                        in(request.path()),
                        request.contentType(),
                        redaction.inRequest(substitutions.in(request.body()))),
                new RecordedAnswer(answer.status(), headers(answer.headers()), chunks(answer), answer.cut()));
    }

    private String in(String text) {
        return redaction.in(substitutions.in(text));
    }

    private List<HttpExchange.Header> headers(List<HttpExchange.Header> headers) {
        return headers.stream()
                .map(header -> new HttpExchange.Header(header.name(), in(header.value())))
                .toList();
    }

    private List<RecordedAnswer.Chunk> chunks(RecordedAnswer answer) {
        StreamKind kind = answer.stream();
        if (kind == StreamKind.NONE) {
            return answer.chunks().stream()
                    .map(chunk ->
                            new RecordedAnswer.Chunk(chunk.at(), redaction.inAnswer(substitutions.in(chunk.bytes()))))
                    .toList();
        }
        if (redaction.isEmpty() && substitutions.texts().isEmpty()) {
            return answer.chunks();
        }
        return StreamEvent.joined(StreamEvent.of(answer.chunks(), kind).stream()
                .map(event -> event.withRaw(event(event.raw(), kind)))
                .toList());
    }

    private byte[] event(byte[] raw, StreamKind kind) {
        byte[] substituted = substitutions.in(raw);
        if (redaction.isEmpty()) {
            return substituted;
        }
        return EventLines.withValues(substituted, kind, redaction::inAnswer);
    }
}
