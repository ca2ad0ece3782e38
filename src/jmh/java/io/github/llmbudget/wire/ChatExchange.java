package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import java.util.List;

/** A request for a chat completion, and the reading of its answer as the endpoint does it. */
final class ChatExchange {

    private static final String BODY = """
            {"model":"gpt-4o","messages":[{"role":"system","content":"You answer the customers of a small shop. Be brief, \
            be kind, name the page of the shop that says more, and never promise a date."},{"role":"user","content":"My parcel arrived with a broken lid. Can I \
            send back only the lid, and who pays for it?"}],"temperature":0.2,"max_completion_tokens":2000""";

    private final HttpExchange.Request request;
    private final HttpExchange.Response head;
    private final WireFormat format;

    private ChatExchange(String requestBody, String contentType) {
        request = new HttpExchange.Request(
                "POST",
                "/v1/chat/completions",
                List.of(new HttpExchange.Header("Content-Type", "application/json")),
                requestBody.getBytes(UTF_8));
        head = new HttpExchange.Response(200, List.of(new HttpExchange.Header("Content-Type", contentType)));
        format = WireFormats.all().find(request).orElseThrow();
    }

    /** Returns an exchange whose answer is one JSON text. */
    static ChatExchange plain() {
        return new ChatExchange(BODY + "}", "application/json");
    }

    /** Returns an exchange whose answer is a stream that ends with its usage. */
    static ChatExchange streamed() {
        return new ChatExchange(
                BODY + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "text/event-stream; charset=utf-8");
    }

    LlmCall read(Body answer) {
        UsageReader reader = format.open(request);
        reader.begin(head);
        answer.sendTo(reader::accept);
        return reader.finish(CallStatus.COMPLETE);
    }

    /** Reads an answer that must have reported its usage: a fast reader that finds nothing is worth nothing. */
    LlmCall read(Body answer, TokenCounts expected) {
        LlmCall call = read(answer);
        if (call.countSource() != CountSource.REPORTED || !call.tokens().equals(expected)) {
            throw new IllegalStateException("Expected reported " + expected + ", but read " + call);
        }
        return call;
    }
}
