package io.github.llmbudget.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.BufferedSink;
import okio.Okio;
import okio.Socket;

/** A service on loopback that stands for the real one, in clear text or over TLS. */
public final class LocalUpstream implements AutoCloseable {

    private final MockWebServer server = new MockWebServer();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    private LocalUpstream(Optional<SSLSocketFactory> tls, Function<RecordedRequest, MockResponse> service) {
        server.setServerSocketFactory(new PromptSockets());
        tls.ifPresent(server::useHttps);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                return service.apply(request);
            }
        });
        try {
            server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static LocalUpstream plain(Function<RecordedRequest, MockResponse> service) {
        return new LocalUpstream(Optional.empty(), service);
    }

    public static LocalUpstream tls(SSLSocketFactory tls, Function<RecordedRequest, MockResponse> service) {
        return new LocalUpstream(Optional.of(tls), service);
    }

    public String baseUrl() {
        return server.url("/v1").newBuilder().host("127.0.0.1").build().toString();
    }

    /** The base URL of a service whose clients put every path after it. */
    public String rootUrl() {
        return baseUrl().replaceFirst("/v1$", "");
    }

    public List<RecordedRequest> requests() {
        return requests;
    }

    public RecordedRequest onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("Expected one request, but there were " + requests);
        }
        return requests.get(0);
    }

    @Override
    public void close() {
        server.close();
    }

    public static MockResponse json(String body) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    public static MockResponse error(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    /** Answers with a stream whose pieces are written as a script says. */
    public static MockResponse stream(RecordedRequest request, StreamScript script) {
        boolean framedByHttp2 = request.getVersion().equals("HTTP/2");
        MockResponse.Builder response =
                new MockResponse.Builder().clearHeaders().addHeader("Content-Type", "text/event-stream");
        if (!framedByHttp2) {
            response.addHeader("Transfer-Encoding", "chunked");
        }
        return framedByHttp2
                ? response.body(new Http2Body(script)).build()
                : response.socketHandler(socket -> playChunked(script, socket)).build();
    }

    private static void playChunked(StreamScript script, Socket socket) {
        BufferedSink sink = Okio.buffer(socket.getSink());
        try {
            script.play(new Stream(sink, true));
            sink.writeUtf8("0\r\n\r\n").flush();
        } catch (IOException | CutHere e) {
            socket.cancel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Http2Body(StreamScript script) implements MockResponseBody {

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try {
                script.play(new Stream(sink, false));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Plays a stream. */
    @FunctionalInterface
    public interface StreamScript {

        void play(Stream stream) throws IOException, InterruptedException;
    }

    /** A stream on its way to the client. */
    public static final class Stream {

        private final BufferedSink sink;
        private final boolean chunked;

        private Stream(BufferedSink sink, boolean chunked) {
            this.sink = sink;
            this.chunked = chunked;
        }

        public void event(String data) throws IOException {
            String text = "data: " + data + "\n\n";
            if (chunked) {
                sink.writeHexadecimalUnsignedLong(text.length())
                        .writeUtf8("\r\n")
                        .writeUtf8(text)
                        .writeUtf8("\r\n");
            } else {
                sink.writeUtf8(text);
            }
            sink.flush();
        }

        public void cut() {
            throw new CutHere();
        }
    }

    private static final class CutHere extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
