package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.LocalUpstream;
import io.github.llmbudget.testing.RequestProbe;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.UsageLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Live mode for clients that are not OpenAI's: their paths and their keys arrive where the service looks for them. */
@Timeout(30)
class NativeClientTests {

    private static final String KEY = "sk-real-0123456789-/+abcdef";
    private static final String ENCODED_KEY = "sk-real-0123456789-%2F%2Babcdef";
    private static final List<String> KEY_HEADERS = List.of("Authorization", "x-api-key", "api-key", "x-goog-api-key");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EndpointServer server = EndpointServer.start();
    private final UsageLedger recorder = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(10));
    private LocalUpstream upstream = LocalUpstream.plain(request -> LocalUpstream.json("{}"));
    private TestEndpoint endpoint = open(KEY);

    @AfterEach
    void stop() {
        upstream.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/messages?beta=true",
                "/v1beta/models/gemini-2.5-flash:generateContent",
                "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
                "/v1beta/models/gemini%3AgenerateContent?%24alt=json%3Benum-encoding%3Dint&$fields=a(b,c)",
                "/v1beta1/projects/p/locations/global/publishers/anthropic/models/claude@2025:rawPredict",
                "/v1/projects/p/locations/l/publishers/google/models/m:generateContent",
                "/openai/deployments/my%20gpt%2f4/chat/completions?api-version=2024-10-21",
                "//openai/deployments/gpt//chat/completions?api-version=2024-10-21&&b=&c",
                "/openai/v1/responses",
                "/upload/v1beta/files?uploadType=resumable&name=%C3%A9+%e9~!*;,",
                "/v2/chat",
                "/api/chat",
            })
    void deliversAPathUnchanged(String path) throws Exception {
        assertThat(send("POST " + endpointPath(path))).startsWith("HTTP/1.1 200");

        assertThat(upstream.onlyRequest().getTarget()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"x-api-key, ''", "api-key, ''", "x-goog-api-key, ''", "Authorization, 'Bearer '", "Ocp-Key, ''"})
    void swapsTheKeyInTheHeaderThatTheClientPutItIn(String header, String scheme) throws Exception {
        call("/v1/messages", header, scheme + endpoint.apiKey());

        assertThat(upstream.onlyRequest().getHeaders().values(header)).containsExactly(scheme + KEY);
        assertThat(keyHeaders()).hasSize(header.equals("Ocp-Key") ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "?key=PLACEHOLDER, ?key=REAL",
        "?alt=sse&key=PLACEHOLDER&a=%2B, ?alt=sse&key=REAL&a=%2B",
    })
    void swapsTheKeyInTheQuery(String query, String sent) throws Exception {
        call("/v1beta/models/g:generateContent" + query.replace("PLACEHOLDER", endpoint.apiKey()));

        assertThat(upstream.onlyRequest().getTarget())
                .isEqualTo("/v1beta/models/g:generateContent" + sent.replace("REAL", ENCODED_KEY));
        assertThat(keyHeaders()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-api-key", "api-key", "x-goog-api-key", "Authorization"})
    void leavesAKeyOfTheClientsOwnInItsHeader(String header) throws Exception {
        call("/v1/messages", header, "sk-of-another-account");

        assertThat(upstream.onlyRequest().getHeaders().values(header)).containsExactly("sk-of-another-account");
        assertThat(keyHeaders()).hasSize(1);
    }

    @Test
    void leavesAKeyOfTheClientsOwnInTheQuery() throws Exception {
        call("/v1beta/models/g:generateContent?key=AIza-of-another-account");

        assertThat(upstream.onlyRequest().getTarget())
                .isEqualTo("/v1beta/models/g:generateContent?key=AIza-of-another-account");
        assertThat(keyHeaders()).isEmpty();
    }

    @Test
    void authorisesAClientThatSendsNoKey() throws Exception {
        call("/api/chat?keyboard=1");

        assertThat(keyHeaders()).containsExactly("Bearer " + KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models?key=PLACEHOLDER, /v1beta/models",
        "/v1beta/models?key=PLACEHOLDER&pageSize=5, /v1beta/models?pageSize=5",
    })
    void sendsNoPlaceholderToAServiceWithoutKey(String path, String sent) throws Exception {
        endpoint = open(null);

        call(path.replace("PLACEHOLDER", endpoint.apiKey()), "x-api-key", endpoint.apiKey());

        assertThat(upstream.onlyRequest().getTarget()).isEqualTo(sent);
        assertThat(keyHeaders()).isEmpty();
    }

    @Test
    void hidesTheRealKeyInARedirectAndDoesNotFollowIt() throws Exception {
        answering(request -> new MockResponse.Builder()
                .code(302)
                .addHeader("Location", upstream.rootUrl() + request.getTarget())
                .build());

        var answer = call("/v1beta/files?key=" + endpoint.apiKey());

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue(upstream.rootUrl() + "/v1beta/files?key=" + endpoint.apiKey());
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void hidesTheRealKeyInAnErrorThatRepeatsIt() throws Exception {
        answering(request ->
                LocalUpstream.error(404, "{\"error\":\"no " + request.getTarget() + " for " + KEY + ", sorry\"}"));

        var answer = call("/v1beta/nothing?key=" + endpoint.apiKey());

        assertThat(answer.body())
                .isEqualTo("{\"error\":\"no /v1beta/nothing?key=" + endpoint.apiKey() + " for " + endpoint.apiKey()
                        + ", sorry\"}");
    }

    @Test
    void leavesErrorsAloneThatHoldTheDummyKeyOfALocalService() throws Exception {
        answering(request -> LocalUpstream.error(404, "ollama: no such model"));
        endpoint = open("ollama");

        assertThat(call("/api/chat").body()).isEqualTo("ollama: no such model");
    }

    @Test
    void showsNoKeyOfAQueryWhenTheServiceCannotBeReached() throws Exception {
        answering(request -> new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        var answer = call("/v1beta/models/g:generateContent?key=AIza-of-another-account", "x-api-key", KEY);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body())
                .contains("llm-budget: no answer to POST /v1beta/models/g:generateContent: ")
                .doesNotContain("AIza", KEY, ENCODED_KEY);
    }

    @Test
    void showsNoKeyOfAQueryThatNobodyScripted() throws Exception {
        endpoint = server.openMock(recorder);

        var answer = call("/v1beta/models/g:generateContent?key=AIza-of-another-account");

        assertThat(answer.body()).contains("/v1beta/models/g:generateContent").doesNotContain("AIza");
        assertThat(endpoint.unexpectedRequests().toString()).doesNotContain("AIza");
    }

    @Test
    void handsOnAHeaderThatIsNotAscii() throws Exception {
        assertThat(send("POST " + endpointPath("/v1/messages"), "X-Title: caf\u00e9", "x-api-key: clé"))
                .startsWith("HTTP/1.1 200");

        assertThat(upstream.onlyRequest().getHeaders().get("X-Title")).isEqualTo("caf\u00e9");
        assertThat(recorder.failures()).isEmpty();
    }

    @Test
    void tellsTheFormatsTheHostOfTheServiceButNoneInMockMode() throws Exception {
        call("/v1/seen/by/live");
        endpoint = server.openMock(recorder);
        call("/v1/seen/by/mock");

        assertThat(RequestProbe.seen("/v1/seen/by/live").host()).isEqualTo("127.0.0.1");
        assertThat(RequestProbe.seen("/v1/seen/by/mock").host()).isNull();
    }

    @Test
    void asksNoServiceForUsageThatRefusesTheOption() {
        String event = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}],\"usage\":null}";
        answering(request -> LocalUpstream.stream(request, stream -> stream.event(event)));
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new OnlyFor("api.mistral.ai", URI.create(upstream.rootUrl())));
        try (EndpointServer proxied = EndpointServer.start()) {
            endpoint = proxied.openLive(recorder, new UpstreamTarget("http://api.mistral.ai", KEY));

            var answer = new TestClient(endpoint).chatStream("mistral-small", "Hi");

            assertThat(upstream.onlyRequest().getBody().utf8()).doesNotContain("stream_options");
            assertThat(answer.body()).isEqualTo("data: " + event + "\n\n");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    private void answering(Function<RecordedRequest, MockResponse> service) {
        upstream.close();
        upstream = LocalUpstream.plain(service);
        endpoint = open(KEY);
    }

    private TestEndpoint open(@Nullable String key) {
        return server.openLive(recorder, new UpstreamTarget(upstream.rootUrl(), key));
    }

    private String endpointPath(String path) {
        return URI.create(endpoint.rootUrl()).getPath() + path;
    }

    private HttpResponse<String> call(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.rootUrl() + path))
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends what no client library would leave as it is, and returns the status line of the answer. */
    private String send(String methodAndTarget, String... headers) throws IOException {
        URI address = URI.create(endpoint.rootUrl());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            String request = methodAndTarget + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n" + more
                    + "Content-Length: 2\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }

    private List<String> keyHeaders() {
        Headers sent = upstream.onlyRequest().getHeaders();
        return KEY_HEADERS.stream().flatMap(name -> sent.values(name).stream()).toList();
    }

    /** Sends the requests for one host to a server that stands for it. */
    private static final class OnlyFor extends ProxySelector {

        private final String host;
        private final URI server;

        OnlyFor(String host, URI server) {
            this.host = host;
            this.server = server;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(
                    host.equals(uri.getHost())
                            ? new Proxy(Proxy.Type.HTTP, new InetSocketAddress(server.getHost(), server.getPort()))
                            : Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
