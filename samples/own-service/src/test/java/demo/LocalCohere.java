package demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Answers every chat as Cohere would, on this machine. Asked in a low voice, it does not tell what it bills. */
final class LocalCohere implements AutoCloseable {

    private static final String USAGE = """
            "usage": {
                "billed_units": {"input_tokens": 12, "output_tokens": 9},
                "tokens": {"input_tokens": 507, "output_tokens": 12}
            }""";

    private static final String WHOLE = """
            {
              "id": "c14c80c3-18eb-4519-9460-6c92edd8cfb4",
              "message": {
                "role": "assistant",
                "content": [{"type": "text", "text": "Breakfast is from seven to ten."}]
              },
              "finish_reason": "COMPLETE",
              %s
            }
            """;

    private static final String EVENTS = """
            event: message-start
            data: {"type": "message-start", "id": "29f14a5a-11de-4cae-9800-25e4747408ea", "delta": {}}

            event: content-delta
            data: {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "Breakfast is "}}}}

            event: content-delta
            data: {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "from seven "}}}}

            event: content-delta
            data: {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "to ten."}}}}

            event: message-end
            data: {"type": "message-end", "delta": {"finish_reason": "COMPLETE", %s}}

            data: [DONE]

            """;

    private final HttpServer server;

    LocalCohere() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/chat", LocalCohere::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        boolean streams =
                JsonParser.parseString(request).getAsJsonObject().get("stream").getAsBoolean();
        String usage = request.contains("(whispers)") ? "\"usage\": null" : USAGE.replaceAll("\\s+", " ");
        byte[] body = (streams ? EVENTS : WHOLE).formatted(usage).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", streams ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
