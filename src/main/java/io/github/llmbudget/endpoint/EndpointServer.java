package io.github.llmbudget.endpoint;

import io.github.llmbudget.cassette.Playback;
import io.github.llmbudget.cassette.Recording;
import io.github.llmbudget.token.EarlierAnswers;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.wire.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okio.ByteString;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The local HTTP server, one a JVM. It listens on loopback only and tells tests apart by an unguessable path. Safe for
 * use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class EndpointServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final byte[] LOOPBACK_ADDRESS = {127, 0, 0, 1};
    private static final int TOKEN_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Some clients append to a base URL without a slash. */
    private static final Pattern ADDRESS = Pattern.compile("/+t/([0-9a-f]{32})(.*)");

    /** Held, so that the level set on it is not collected with it. */
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    /** Sockets on ports that are free. */
    static final Sockets FREE_PORTS = new Sockets() {
        @Override
        public ServerSocketFactory plain() {
            return new LoopbackSockets(LoopbackSockets.Layer.NONE);
        }

        @Override
        public ServerSocketFactory secure() {
            return new LoopbackSockets(EndpointCertificate.get()::over);
        }
    };

    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Sockets sockets;
    private final MockWebServer server;
    private @Nullable MockWebServer secureServer;
    private @Nullable OkHttpClient client;

    private EndpointServer(Sockets sockets) {
        this.sockets = sockets;
        this.server = listening(sockets.plain());
    }

    /**
     * Starts the server on a free port.
     *
     * @return the running server
     * @throws UncheckedIOException if no port can be had
     */
    public static EndpointServer start() {
        return start(FREE_PORTS);
    }

    /** Starts the server on sockets of its own kind. */
    static EndpointServer start(Sockets sockets) {
        SERVER_LOG.setLevel(Level.SEVERE);
        Rehearsal.start();
        return new EndpointServer(sockets);
    }

    /** What a server listens on. */
    interface Sockets {

        ServerSocketFactory plain();

        /** Is asked for with the first address over TLS. */
        ServerSocketFactory secure();
    }

    private MockWebServer listening(ServerSocketFactory factory) {
        MockWebServer listening = new MockWebServer();
        listening.setServerSocketFactory(factory);
        listening.setDispatcher(new Dispatching(listening));
        try {
            listening.start(InetAddress.getByAddress(LOOPBACK_ADDRESS), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("The endpoint cannot listen on " + LOOPBACK + ": " + e.getMessage(), e);
        }
        return listening;
    }

    /**
     * Opens an endpoint that is answered by its script.
     *
     * @param recorder takes the calls
     * @return the endpoint, to be closed with its test
     */
    public TestEndpoint openMock(CallRecorder recorder) {
        return openMock(TestCalls.ungated(recorder));
    }

    /**
     * Opens an endpoint that is answered by its script.
     *
     * @param calls takes the calls
     * @return the endpoint, to be closed with its test
     */
    public TestEndpoint openMock(TestCalls calls) {
        Script script = new Script();
        EarlierAnswers earlier = calls.recorder().earlierAnswers();
        return open(newToken(), Mode.MOCK, calls, script, new ScriptedUpstream(script, earlier));
    }

    /**
     * Opens an endpoint that forwards to the real service.
     *
     * @param recorder takes the calls
     * @param target the real service
     * @return the endpoint, to be closed with its test
     */
    public TestEndpoint openLive(CallRecorder recorder, UpstreamTarget target) {
        return openLive(TestCalls.ungated(recorder), target);
    }

    /**
     * Opens an endpoint that forwards to the real service.
     *
     * @param calls takes the calls
     * @param target the real service
     * @return the endpoint, to be closed with its test
     */
    public TestEndpoint openLive(TestCalls calls, UpstreamTarget target) {
        String token = newToken();
        Upstream upstream = new HttpUpstream(client(), target, TestEndpoint.placeholderKey(token));
        return open(token, Mode.LIVE, calls, new Script(), upstream);
    }

    /**
     * Opens an endpoint that forwards to the real service, and takes down what both say.
     *
     * @param calls takes the calls
     * @param target the real service
     * @param recording takes the exchanges
     * @return the endpoint, to be closed with its test
     */
    public TestEndpoint openRecording(TestCalls calls, UpstreamTarget target, Recording recording) {
        String token = newToken();
        Upstream service = new HttpUpstream(client(), target, TestEndpoint.placeholderKey(token));
        return open(token, Mode.RECORD, calls, new Script(), new RecordingUpstream(service, recording));
    }

    /**
     * Opens an endpoint that is answered from a cassette.
     *
     * @param calls takes the calls
     * @param playback finds the answers, given the key of the endpoint, which requests may repeat
     * @param host the host of the service that was recorded, {@code null} if it has none
     * @param recordedTiming whether answers come in the time that they took, and not at once
     * @return the endpoint, to be closed with its test
     */
    public TestEndpoint openReplay(
            TestCalls calls, Function<String, Playback> playback, @Nullable String host, boolean recordedTiming) {
        String token = newToken();
        Playback answers = playback.apply(TestEndpoint.placeholderKey(token));
        return open(token, Mode.REPLAY, calls, new Script(), new ReplayingUpstream(answers, host, recordedTiming));
    }

    /** Stops the server and ends the exchanges that still run. */
    @Override
    public void close() {
        routes.values().stream()
                .filter(TestEndpoint.class::isInstance)
                .map(TestEndpoint.class::cast)
                .toList()
                .forEach(TestEndpoint::close);
        synchronized (this) {
            if (client != null) {
                client.connectionPool().evictAll();
                client.dispatcher().executorService().shutdown();
            }
        }
        stop(server);
        synchronized (this) {
            if (secureServer != null) {
                stop(secureServer);
            }
        }
    }

    private static void stop(MockWebServer server) {
        try {
            server.close();
        } catch (AssertionError stuck) {
            System.getLogger(EndpointServer.class.getName())
                    .log(System.Logger.Level.WARNING, "The endpoint did not stop in time: " + stuck.getMessage());
        }
    }

    String rootUrl(String token) {
        return address("http", server, token);
    }

    /** Returns an address over TLS, for which the server listens from the first time on. */
    synchronized String secureRootUrl(String token) {
        if (secureServer == null) {
            secureServer = listening(sockets.secure());
        }
        return address("https", secureServer, token);
    }

    private static String address(String scheme, MockWebServer server, String token) {
        return scheme + "://" + LOOPBACK + ":" + server.getPort() + "/t/" + token;
    }

    /** Leads the requests to an address somewhere. */
    void lead(String token, Route route) {
        routes.put(token, route);
    }

    void forget(String token) {
        routes.remove(token);
    }

    private TestEndpoint open(String token, Mode mode, TestCalls calls, Script script, Upstream upstream) {
        TestEndpoint endpoint = new TestEndpoint(this, token, mode, calls, script, upstream);
        routes.put(token, endpoint);
        return endpoint;
    }

    /** Returns a path that nobody can guess. */
    static String newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    private synchronized OkHttpClient client() {
        if (client == null) {
            client = HttpUpstream.newClient();
        }
        return client;
    }

    private final class Dispatching extends Dispatcher {

        private final MockWebServer listening;

        Dispatching(MockWebServer listening) {
            this.listening = listening;
        }

        @Override
        public MockResponse dispatch(RecordedRequest recorded) throws InterruptedException {
            forgetRequests();
            String target = recorded.getUrl().encodedPath();
            String query = recorded.getUrl().encodedQuery();
            Matcher address = ADDRESS.matcher(target);
            Route route = address.matches() ? routes.get(address.group(1)) : null;
            if (route == null) {
                return respond(recorded, Exchange.of(ErrorAnswers.noTest(target)));
            }
            String path = address.group(2).startsWith("/") ? address.group(2) : "/" + address.group(2);
            HttpExchange.Request request = request(recorded, query == null ? path : path + "?" + query);
            try {
                return respond(recorded, route.open(request));
            } catch (DroppedConnectionException e) {
                return dropped(e.isReset());
            }
        }

        /** A connection that lingers for no time is reset when it is closed, unless its end was announced before. */
        private static MockResponse dropped(boolean reset) {
            if (reset) {
                ClientConnection.served().lingerForNoTime();
            }
            return new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket(true, !reset, !reset))
                    .build();
        }

        /** The server keeps every request for whoever asks later; nobody does. */
        private void forgetRequests() throws InterruptedException {
            RecordedRequest forgotten;
            do {
                forgotten = listening.takeRequest(0, TimeUnit.NANOSECONDS);
            } while (forgotten != null);
        }

        private MockResponse respond(RecordedRequest recorded, Exchange exchange) {
            HttpExchange.Response head = exchange.answer().head();
            Relay relay = exchange.relay();
            Headers.Builder headers = new Headers.Builder();
            head.headers().forEach(header -> headers.addUnsafeNonAscii(header.name(), header.value()));
            MockResponse.Builder response = new MockResponse.Builder().code(head.status());
            if (!head.hasBody(recorded.getMethod())) {
                relay.endWithoutBody();
                return response.headers(headers.build()).build();
            }
            if (relay.length() == Answer.UNKNOWN_LENGTH) {
                headers.add("Transfer-Encoding", "chunked");
            } else {
                headers.add("Content-Length", Long.toString(relay.length()));
            }
            relay.holdHead();
            return response.headers(headers.build()).socketHandler(relay).build();
        }

        private static HttpExchange.Request request(RecordedRequest recorded, String path) {
            Headers received = recorded.getHeaders();
            List<HttpExchange.Header> headers = new ArrayList<>(received.size());
            for (int i = 0; i < received.size(); i++) {
                headers.add(new HttpExchange.Header(received.name(i), received.value(i)));
            }
            ByteString body = recorded.getBody();
            return new HttpExchange.Request(
                    recorded.getMethod(), path, headers, body == null ? new byte[0] : body.toByteArray());
        }
    }
}
