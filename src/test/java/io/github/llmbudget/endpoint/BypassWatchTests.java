package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated("changes the proxy selector")
class BypassWatchTests {

    private final ProxySelector own = ProxySelector.of(null);
    private ProxySelector before;

    @BeforeEach
    void standsAlone() {
        before = ProxySelector.getDefault();
        ProxySelector.setDefault(own);
    }

    @AfterEach
    void putBack() {
        ProxySelector.setDefault(before);
    }

    @ParameterizedTest
    @CsvSource({
        "api.openai.com, true",
        "eu.api.openai.com, true",
        "acme.openai.azure.com, true",
        "acme.services.ai.azure.com, true",
        "API.Anthropic.com, true",
        "generativelanguage.googleapis.com, true",
        "europe-west1-aiplatform.googleapis.com, true",
        "bedrock-runtime.eu-west-1.amazonaws.com, true",
        "api.groq.com, true",
        "api.mistral.ai, true",
        "openrouter.ai, true",
        "api.x.ai, true",
        "api.together.xyz, true",
        "api.moonshot.cn, true",
        "api.x.com, false",
        "openai.com, false",
        "api.openai.com.example.org, false",
        "s3.eu-west-1.amazonaws.com, false",
        "storage.googleapis.com, false",
        "repo.maven.apache.org, false",
        "127.0.0.1, false"
    })
    void knowsServicesOfModelsByTheirHosts(String host, boolean isModelService) {
        assertThat(BypassWatch.isModelService(host)).isEqualTo(isModelService);
    }

    @Test
    void standsOnceForSeveralRunsAndGoesWithTheLast() {
        BypassWatch first = BypassWatch.begin();
        BypassWatch second = BypassWatch.begin();

        assertThat(second).isSameAs(first).isSameAs(ProxySelector.getDefault());
        assertThat(BypassWatch.unwatched()).isSameAs(own);
        first.end();
        assertThat(ProxySelector.getDefault()).isSameAs(second);
        second.end();
        assertThat(ProxySelector.getDefault()).isSameAs(own);
    }

    @Test
    void leavesASelectorThatWasSetMeanwhile() {
        BypassWatch watch = BypassWatch.begin();
        ProxySelector another = ProxySelector.of(null);
        ProxySelector.setDefault(another);

        watch.end();

        assertThat(ProxySelector.getDefault()).isSameAs(another);
    }

    /** A socket asks for a proxy too, so clients on plain sockets are seen; that of the endpoint has asked already. */
    @Test
    void isAskedBySocketsButNotByThoseOfTheEndpoint() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        ProxySelector.setDefault(noting(asked));
        InetAddress service = InetAddress.getByAddress("api.openai.com", new byte[] {127, 0, 0, 1});
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder().build());
            server.start();
            OkHttpClient client = HttpUpstream.newClient()
                    .newBuilder()
                    .dns(host -> List.of(service))
                    .build();
            String url = "http://api.openai.com:" + server.getPort() + "/";
            client.newCall(new Request.Builder().url(url).build()).execute().close();
            assertThat(asked).containsExactly(url);
            try (Socket plain = new Socket()) {
                plain.connect(new InetSocketAddress(service, server.getPort()));
            }
            assertThat(asked).last().asString().startsWith("socket://api.openai.com:");
        }
    }

    private static ProxySelector noting(List<String> asked) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri.toString());
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        };
    }

    @Test
    void worksInAJvmWithoutASelector() {
        ProxySelector.setDefault(null);

        BypassWatch watch = BypassWatch.begin();

        assertThat(watch.select(URI.create("https://example.org"))).isNotEmpty();
        assertThat(BypassWatch.unwatched()).isNotNull();
        watch.end();
        assertThat(ProxySelector.getDefault()).isNull();
    }
}
