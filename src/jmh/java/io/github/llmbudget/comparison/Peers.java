package io.github.llmbudget.comparison;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.mockserver.model.HttpRequest.request;
import static org.mockserver.model.HttpResponse.response;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ServerSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.mockserver.configuration.ConfigurationProperties;
import org.mockserver.integration.ClientAndServer;

/** Mock servers that many use, each set up to answer every call with the same bytes. */
final class Peers {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    private Peers() {}

    static MockWebServer mockWebServer() throws IOException {
        SERVER_LOG.setLevel(Level.SEVERE);
        MockWebServer server = new MockWebServer();
        server.setServerSocketFactory(new NoDelay());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder()
                        .addHeader("Content-Type", "application/json")
                        .body(new Buffer().write(Payload.ANSWER))
                        .build();
            }
        });
        server.start(InetAddress.getByAddress(LOOPBACK), 0);
        return server;
    }

    static WireMockServer wireMock() {
        WireMockServer server = new WireMockServer(options().dynamicPort());
        server.start();
        server.stubFor(post(urlPathEqualTo(Payload.PATH))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(Payload.ANSWER)));
        return server;
    }

    static ClientAndServer mockServer() {
        quieten();
        ClientAndServer server = ClientAndServer.startClientAndServer(0);
        server.when(request().withMethod("POST").withPath(Payload.PATH))
                .respond(response().withHeader("Content-Type", "application/json").withBody(Payload.ANSWER));
        return server;
    }

    /** It logs each request to the console as it comes; nobody would leave that on. */
    static void quieten() {
        ConfigurationProperties.logLevel("WARN");
        ConfigurationProperties.disableSystemOut(true);
    }

    /** Sockets without Nagle's algorithm, under which each answer on a kept connection waits 40 ms. */
    private static final class NoDelay extends ServerSocketFactory {

        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public Socket accept() throws IOException {
                    Socket socket = super.accept();
                    socket.setTcpNoDelay(true);
                    return socket;
                }
            };
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            throw new UnsupportedOperationException();
        }
    }
}
