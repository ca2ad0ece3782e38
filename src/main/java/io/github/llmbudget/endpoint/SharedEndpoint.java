package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An address that stays the same as long as the JVM runs. It leads each call to the endpoint of the test that the call
 * belongs to. Its server runs while there is a run, and before the first one if somebody asks for the address by then.
 */
final class SharedEndpoint implements LlmEndpoint, Route {

    /** The address for clients that are built once. */
    static final SharedEndpoint INSTANCE = new SharedEndpoint(TestWindow::candidates);

    /** The address for clients from the environment, which may be built once too. */
    static final SharedEndpoint BOUND = new SharedEndpoint(TestWindow::boundCandidates);

    private final Supplier<List<RunningTest>> candidates;
    private final String token = EndpointServer.newToken();
    private @Nullable EndpointServer server;
    private final Kept sockets = new Kept();
    private int runs;

    private SharedEndpoint(Supplier<List<RunningTest>> candidates) {
        this.candidates = candidates;
    }

    @Override
    public synchronized String rootUrl() {
        return server().rootUrl(token);
    }

    @Override
    public String apiKey() {
        return TestEndpoint.placeholderKey(token);
    }

    @Override
    public Mode mode() {
        return candidates.get().stream()
                .findFirst()
                .map(test -> test.endpoint().mode())
                .orElse(Mode.MOCK);
    }

    private EndpointServer server() {
        EndpointServer running = server;
        if (running == null) {
            running = EndpointServer.start(sockets);
            running.lead(token, this);
            if (sockets.secure != null) {
                running.secureRootUrl(token);
            }
            server = running;
        }
        return running;
    }

    @Override
    public LlmEndpoint overTls() {
        return SecureEndpoint.of(this, this::secureRootUrl);
    }

    private synchronized String secureRootUrl() {
        return server().secureRootUrl(token);
    }

    synchronized void runBegins() {
        runs++;
        if (sockets.plain != null) {
            server();
        }
    }

    synchronized void runEnds() {
        runs--;
        if (runs == 0 && server != null) {
            server.close();
            server = null;
        }
    }

    /** Sockets that listen as long as the JVM runs, each from the first time on that somebody asks for its address. */
    private static final class Kept implements EndpointServer.Sockets {

        private @Nullable KeptSocket plain;
        private @Nullable KeptSocket secure;

        @Override
        public ServerSocketFactory plain() {
            KeptSocket kept = plain == null ? socket(EndpointServer.FREE_PORTS.plain()) : plain;
            plain = kept;
            return kept;
        }

        @Override
        public ServerSocketFactory secure() {
            KeptSocket kept = secure == null ? socket(EndpointServer.FREE_PORTS.secure()) : secure;
            secure = kept;
            return kept;
        }

        private static KeptSocket socket(ServerSocketFactory factory) {
            try {
                return new KeptSocket(factory.createServerSocket());
            } catch (IOException e) {
                throw new UncheckedIOException("The shared address cannot be opened: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public Exchange open(HttpExchange.Request request) throws DroppedConnectionException {
        Optional<String> named = request.headers().stream()
                .filter(header -> header.is(TEST_HEADER))
                .map(HttpExchange.Header::value)
                .map(String::strip)
                .findFirst();
        List<RunningTest> owners = named.map(name -> TestWindow.all().stream()
                        .filter(test -> isNamed(name, test))
                        .toList())
                .orElseGet(candidates);
        if (owners.isEmpty()) {
            return Exchange.of(named.map(ErrorAnswers::noSuchTest).orElseGet(ErrorAnswers::noTestAtAll));
        }
        try {
            TestEndpoint endpoint = owners.get(0).endpoint();
            return owners.size() > 1 && endpoint.isCall(request)
                    ? unattributed(request, owners)
                    : endpoint.open(forTest(request, endpoint));
        } catch (RuntimeException e) {
            // Its endpoint cannot be opened, for lack of a key for example.
            owners.forEach(owner -> owner.failed(e));
            return Exchange.of(ErrorAnswers.ownFailure(e.toString()));
        }
    }

    private static boolean isNamed(String name, RunningTest test) {
        return name.equals(test.name())
                || name.equals(test.id())
                || name.equals(test.endpoint().apiKey());
    }

    /** A call that is not counted in any test must not cost anything. */
    private static Exchange unattributed(HttpExchange.Request request, List<RunningTest> tests) {
        UnattributedCall call = new UnattributedCall(
                request.toString(), tests.stream().map(RunningTest::name).toList());
        tests.forEach(test -> test.mayOwn(call));
        return Exchange.of(ErrorAnswers.unattributed(call));
    }

    /** The client holds the key of this address, and the upstream looks for that of the test. */
    private HttpExchange.Request forTest(HttpExchange.Request request, TestEndpoint endpoint) {
        String own = apiKey();
        String key = endpoint.apiKey();
        return request.withPath(request.path().replace(own, key))
                .withHeaders(request.headers().stream()
                        .map(header -> new HttpExchange.Header(
                                header.name(), header.value().replace(own, key)))
                        .toList());
    }
}
