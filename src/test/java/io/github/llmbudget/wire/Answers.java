package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Feeds answers to readers and filters, whole and in pieces. */
final class Answers {

    private static final WireFormats FORMATS = WireFormats.load();

    private Answers() {}

    static HttpExchange.Request post(String path, String body) {
        return new HttpExchange.Request("POST", path, List.of(), body.getBytes(UTF_8));
    }

    static HttpExchange.Request chat() {
        return post(
                "/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    }

    static HttpExchange.Request chatStream() {
        return post(
                "/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    }

    static HttpExchange.Request response() {
        return post("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"hello\"}");
    }

    static UsageReader open(HttpExchange.Request request, int status) {
        UsageReader reader = FORMATS.find(request).orElseThrow().open(request);
        reader.begin(new HttpExchange.Response(status, List.of()));
        return reader;
    }

    static LlmCall read(HttpExchange.Request request, String body) {
        return read(request, 200, body.getBytes(UTF_8), CallStatus.COMPLETE, body.length() + 1);
    }

    static LlmCall cut(HttpExchange.Request request, String body) {
        return read(request, 200, body.getBytes(UTF_8), CallStatus.CUT, body.length() + 1);
    }

    /** Reads a body in pieces, the lengths of which are given and begin anew when they are used up. */
    static LlmCall read(HttpExchange.Request request, int httpStatus, byte[] body, CallStatus status, int... pieces) {
        return read(open(request, httpStatus), body, status, pieces);
    }

    static LlmCall read(UsageReader reader, byte[] body, CallStatus status, int... pieces) {
        byte[] reused = new byte[Math.max(1, body.length) + 3];
        for (int at = 0, piece = 0; at < body.length; piece++) {
            int length = Math.min(Math.max(1, pieces[piece % pieces.length]), body.length - at);
            System.arraycopy(body, at, reused, 3, length);
            reader.accept(reused, 3, length);
            at += length;
        }
        return reader.finish(status);
    }

    /** Returns how many bytes of a body it takes until the reader says that nothing more can change the call. */
    static int bytesUntilComplete(HttpExchange.Request request, String body) {
        UsageReader reader = open(request, 200);
        byte[] bytes = body.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            reader.accept(bytes, i, 1);
            if (reader.isComplete()) {
                return i + 1;
            }
        }
        return -1;
    }

    static byte[] filtered(ResponseFilter filter, byte[] body, int... pieces) {
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        try {
            for (int at = 0, piece = 0; at < body.length; piece++) {
                int length = Math.min(Math.max(1, pieces[piece % pieces.length]), body.length - at);
                filter.accept(body, at, length, client::write);
                at += length;
            }
            filter.finish(client::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return client.toByteArray();
    }
}
