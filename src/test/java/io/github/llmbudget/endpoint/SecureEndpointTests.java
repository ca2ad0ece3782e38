package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Clients of the JDK and OkHttp over TLS, which know of the certificate by the JVM alone. */
@LlmBudget
class SecureEndpointTests {

    private static final String CHAT = TestClient.chatBody("gpt-4o", "Hi", "");

    @Test
    void servesClientsThatAreBuiltAfterwards(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(3, Reply.text("Hello."));
        LlmEndpoint secure = llm.overTls();

        assertThat(secure.rootUrl()).startsWith("https://127.0.0.1:");
        assertThat(secure.baseUrl()).isEqualTo(secure.rootUrl() + "/v1");
        assertThat(secure.apiKey()).isEqualTo(llm.apiKey());
        assertThat(secure.mode()).isEqualTo(Mode.MOCK);
        assertThat(secure.overTls()).isSameAs(secure);
        assertThat(byHttpClient(secure).body()).contains("Hello.");
        assertThat(byOkHttp(secure)).contains("Hello.");
        assertThat(byUrlConnection(secure)).contains("Hello.");
        assertThat(usage.calls()).hasSize(3).extracting(LlmCall::status).containsOnly(CallStatus.COMPLETE);
    }

    @Test
    void countsCallsByBothAddressesInOneTest(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(2, Reply.text("Hello."));

        assertThat(byHttpClient(llm).statusCode()).isEqualTo(200);
        assertThat(byHttpClient(llm.overTls()).statusCode()).isEqualTo(200);
        assertThat(usage.calls()).hasSize(2);
    }

    @Test
    void servesManyAtOnce(MockLlm llm, TokenUsage usage) {
        llm.reply(40, Reply.text("Hello."));
        LlmEndpoint secure = llm.overTls();
        HttpClient client = HttpClient.newHttpClient();

        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 40)
                .mapToObj(i -> client.sendAsync(chat(secure, CHAT), HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(usage.calls()).hasSize(40);
    }

    @Test
    void leadsTheSharedAddressToTheTestThatRuns(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply("Hello.");

        assertThat(byHttpClient(LlmEndpoint.shared().overTls()).body()).contains("Hello.");
        assertThat(usage.calls()).hasSize(1);
    }

    @Test
    void seesAClientThatLeavesAStream(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply(Reply.stream("word ".repeat(200).split("(?<= )")).chunkDelay(Duration.ofMillis(20)));
        HttpClient client = HttpClient.newHttpClient();

        var answer = client.send(
                chat(llm.overTls(), TestClient.chatBody("gpt-4o", "Hi", ",\"stream\":true")),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertThat(body.read()).isPositive();
        }
        usage.await();

        assertThat(usage.calls()).singleElement().extracting(LlmCall::status).isEqualTo(CallStatus.CUT);
    }

    @Test
    void resetsAConnectionWhereTheScriptSaysSo(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.connectionReset());

        assertThatThrownBy(() -> byHttpClient(llm.overTls())).isInstanceOf(IOException.class);
        assertThat(usage.calls()).hasSize(1);
    }

    @Test
    @Timeout(20)
    void dropsAConnectionWhereTheScriptSaysSo(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.droppedConnection());

        assertThatThrownBy(() -> byHttpClient(llm.overTls())).isInstanceOf(IOException.class);
        assertThat(usage.calls()).hasSize(1);
    }

    @Test
    void goesOnAfterAClientThatSpeaksNoTlsOrTrustsNobody(MockLlm llm, TokenUsage usage) throws Exception {
        llm.reply("Hello.");
        LlmEndpoint secure = llm.overTls();
        URI address = URI.create(secure.rootUrl());
        try (Socket plain = new Socket(address.getHost(), address.getPort())) {
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        SSLContext trustsNobody = SSLContext.getInstance("TLS");
        trustsNobody.init(null, new javax.net.ssl.TrustManager[] {}, null);
        HttpClient distrustful =
                HttpClient.newBuilder().sslContext(trustsNobody).build();

        assertThatThrownBy(() -> distrustful.send(chat(secure, CHAT), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(SSLHandshakeException.class);
        assertThat(byHttpClient(secure).statusCode()).isEqualTo(200);
        assertThat(usage.calls()).hasSize(1);
    }

    @Test
    void keepsWhatTheJvmTrusted(MockLlm llm) throws Exception {
        llm.overTls();

        var factory =
                javax.net.ssl.TrustManagerFactory.getInstance(javax.net.ssl.TrustManagerFactory.getDefaultAlgorithm());
        factory.init((java.security.KeyStore) null);
        var trusted = ((javax.net.ssl.X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();

        assertThat(trusted).hasSizeGreaterThan(20);
        assertThat(trusted)
                .filteredOn(certificate ->
                        certificate.getSubjectX500Principal().getName().contains("CN=llm-budget"))
                .hasSize(1);
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void isTrustedAgainAfterATestPutBackTheSystemProperties(MockLlm llm) throws Exception {
        llm.reply("Hello.");
        llm.overTls();
        System.clearProperty("javax.net.ssl.trustStore");

        assertThat(byOkHttp(llm.overTls())).contains("Hello.");
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void leavesADefaultContextThatIsSomebodysOwn(MockLlm llm) throws Exception {
        SSLContext before = SSLContext.getDefault();
        SSLContext somebodys = SSLContext.getInstance("TLS");
        somebodys.init(null, null, null);
        SSLContext.setDefault(somebodys);
        System.clearProperty("javax.net.ssl.trustStore");
        try {
            llm.overTls();

            assertThat(SSLContext.getDefault()).isSameAs(somebodys);
        } finally {
            SSLContext.setDefault(before);
        }
    }

    private static HttpResponse<String> byHttpClient(LlmEndpoint llm) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(chat(llm, CHAT), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest chat(LlmEndpoint llm, String body) {
        return HttpRequest.newBuilder(URI.create(llm.baseUrl() + "/chat/completions"))
                .header("Authorization", "Bearer " + llm.apiKey())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String byOkHttp(LlmEndpoint llm) throws IOException {
        Request request = new Request.Builder()
                .url(llm.baseUrl() + "/chat/completions")
                .post(RequestBody.create(CHAT, null))
                .build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            return response.body().string();
        }
    }

    private static String byUrlConnection(LlmEndpoint llm) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(llm.baseUrl() + "/chat/completions").toURL().openConnection();
        connection.setDoOutput(true);
        connection.getOutputStream().write(CHAT.getBytes(StandardCharsets.UTF_8));
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
