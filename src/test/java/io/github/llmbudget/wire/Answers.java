package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Feeds answers to readers and filters, whole and in pieces. */
final class Answers {

    static final int WHOLE = Integer.MAX_VALUE;

    private static final WireFormats FORMATS = WireFormats.all();
    private static final int[][] CUTS = {{1}, {2}, {3}, {7}, {1000}, {5, 1, 64}, {1, 8192}};
    private static final byte NOT_IN_ANY_TEXT = 0x07;

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

    static HttpExchange.Request to(String host, String path, String body, String... headers) {
        return new HttpExchange.Request("POST", path, headers(headers), body.getBytes(UTF_8), host);
    }

    /** The head of an answer, with headers such as {@code Content-Type: application/json}. */
    static HttpExchange.Response head(int status, String... headers) {
        return new HttpExchange.Response(status, headers(headers));
    }

    private static List<HttpExchange.Header> headers(String... lines) {
        return Stream.of(lines)
                .map(line -> line.split(": ", 2))
                .map(line -> new HttpExchange.Header(line[0], line[1]))
                .toList();
    }

    static UsageReader open(HttpExchange.Request request, int status) {
        return open(request, head(status));
    }

    static UsageReader open(HttpExchange.Request request, HttpExchange.Response head) {
        UsageReader reader = FORMATS.find(request).orElseThrow().open(request);
        reader.begin(head);
        return reader;
    }

    /** Reads a complete answer whole, byte by byte and in pieces, which must all tell the same. */
    static LlmCall readInPieces(HttpExchange.Request request, String body) {
        return readInPieces(request, head(200), body.getBytes(UTF_8), CallStatus.COMPLETE);
    }

    static LlmCall cutInPieces(HttpExchange.Request request, String body) {
        return readInPieces(request, head(200), body.getBytes(UTF_8), CallStatus.CUT);
    }

    static LlmCall readInPieces(
            HttpExchange.Request request, HttpExchange.Response head, byte[] body, CallStatus status) {
        LlmCall whole = read(open(request, head), body, status, WHOLE);
        for (int[] pieces : CUTS) {
            assertThat(read(open(request, head), body, status, pieces))
                    .as("read in pieces of %s bytes", Arrays.toString(pieces))
                    .isEqualTo(whole);
        }
        return whole;
    }

    /** Reads a complete answer in two pieces, cut at each place, which must all tell the same. */
    static LlmCall readCutInTwoAnywhere(HttpExchange.Request request, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        LlmCall whole = read(request, body);
        for (int at = 1; at < bytes.length; at++) {
            assertThat(read(request, 200, bytes, CallStatus.COMPLETE, at, WHOLE))
                    .as("cut after %d bytes", at)
                    .isEqualTo(whole);
        }
        return whole;
    }

    static LlmCall read(HttpExchange.Request request, String body) {
        return read(request, 200, body.getBytes(UTF_8), CallStatus.COMPLETE, body.length() + 1);
    }

    static LlmCall cut(HttpExchange.Request request, String body) {
        return read(request, 200, body.getBytes(UTF_8), CallStatus.CUT, body.length() + 1);
    }

    /**
     * Reads a body in pieces, the lengths of which are given and begin anew when they are used up. The reader gets the
     * pieces in an array that is used again.
     */
    static LlmCall read(HttpExchange.Request request, int httpStatus, byte[] body, CallStatus status, int... pieces) {
        return read(open(request, httpStatus), body, status, pieces);
    }

    static LlmCall read(UsageReader reader, byte[] body, CallStatus status, int... pieces) {
        byte[] reused = new byte[Math.max(1, body.length) + 3];
        for (int at = 0, piece = 0; at < body.length; piece++) {
            int length = Math.min(Math.max(1, pieces[piece % pieces.length]), body.length - at);
            System.arraycopy(body, at, reused, 3, length);
            reader.accept(reused, 3, length);
            if (!Arrays.equals(reused, 3, 3 + length, body, at, at + length)) {
                throw new AssertionError("The reader changed the bytes it was given");
            }
            Arrays.fill(reused, 3, 3 + length, NOT_IN_ANY_TEXT);
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
