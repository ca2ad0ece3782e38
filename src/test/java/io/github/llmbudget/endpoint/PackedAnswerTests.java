package io.github.llmbudget.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.LocalUpstream;
import io.github.llmbudget.usage.UsageLedger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that packs its answers: the client gets the bytes as they are, and the usage inside is read. */
@Timeout(30)
class PackedAnswerTests {

    private static final String STREAM = """
            data: {"id":"c1","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"word"}}],"usage":null}

            data: {"id":"c1","model":"gpt-4o","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5}}

            data: [DONE]

            """;

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void readsAStreamThatIsPackedAndLeavesItsBytesAlone(String encoding) throws Exception {
        byte[] packed = packed(encoding);

        LlmCall call = readThroughAnEndpoint(encoding, packed);

        assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(call.tokens()).isEqualTo(TokenCounts.of(10, 5));
        assertThat(call.status()).isEqualTo(CallStatus.COMPLETE);
    }

    @Test
    void readsAStreamThatIsNotPackedThoughItsHeaderSaysSo() throws Exception {
        LlmCall call = readThroughAnEndpoint("gzip", STREAM.getBytes(UTF_8));

        assertThat(call.tokens()).isEqualTo(TokenCounts.of(10, 5));
    }

    @Test
    void knowsNotWhatAnAnswerUsesThatItCannotUnpack() throws Exception {
        LlmCall call = readThroughAnEndpoint("zstd", new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 1, 2, 3});

        assertThat(call.isUncounted()).isTrue();
        assertThat(call.countNote()).contains("zstd");
    }

    private static LlmCall readThroughAnEndpoint(String encoding, byte[] body) throws Exception {
        UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(10));
        try (EndpointServer server = EndpointServer.start();
                LocalUpstream upstream = LocalUpstream.plain(request -> new MockResponse.Builder()
                        .addHeader("Content-Type", "text/event-stream")
                        .addHeader("Content-Encoding", encoding)
                        .body(new Buffer().write(body))
                        .build())) {
            LlmEndpoint endpoint = server.openLive(ledger, new UpstreamTarget(upstream.baseUrl(), null));
            HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint.baseUrl() + "/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}"))
                    .build();

            HttpResponse<byte[]> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());

            assertThat(answer.body()).isEqualTo(body);
            assertThat(answer.headers().firstValue("Content-Encoding")).hasValue(encoding);
        }
        assertThat(ledger.usage().calls()).hasSize(1);
        return ledger.usage().calls().get(0);
    }

    private static byte[] packed(String encoding) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream packing =
                encoding.equals("gzip") ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
            packing.write(STREAM.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }
}
