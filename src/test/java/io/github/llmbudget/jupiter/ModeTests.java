package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.testing.CompletionsService;
import io.github.llmbudget.testing.JupiterRun;
import io.github.llmbudget.testing.LocalUpstream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The same test class in mock and in live mode: nothing but configuration differs. */
class ModeTests {

    private static final String KEY = "sk-upstream-secret";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    private JupiterRun run;

    @BeforeEach
    void prepare() {
        run = new JupiterRun(directory);
    }

    @Test
    void passesWithAMock() {
        assertAllPass(run);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesWithARealServiceWhetherItReportsStreamsOrNot(boolean reportsStreams) {
        try (LocalUpstream upstream = LocalUpstream.plain(new CompletionsService(reportsStreams))) {
            assertAllPass(live(upstream));

            assertThat(upstream.requests()).hasSize(5).allSatisfy(request -> {
                assertThat(request.getUrl().encodedPath()).isEqualTo("/v1/completions");
                assertThat(request.getHeaders().values("Authorization")).containsExactly("Bearer " + KEY);
                assertThat(request.getHeaders().names())
                        .doesNotContain("Upgrade", "HTTP2-Settings", "Expect", "Transfer-Encoding");
                assertThat(request.getHeaders().get("Connection")).isEqualTo("Keep-Alive");
            });
        }
        assertNoKeyIn(directory);
    }

    @Test
    void passesWithARealServiceOverTls() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        HandshakeCertificates server =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        System.setProperty(TRUST_STORE, trustStoreWith(certificate).toString());
        System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
        try (LocalUpstream upstream = LocalUpstream.tls(server.sslSocketFactory(), new CompletionsService(true))) {
            assertThat(upstream.baseUrl()).startsWith("https://");
            assertAllPass(live(upstream));
            assertThat(upstream.requests()).hasSize(5);
        } finally {
            System.clearProperty(TRUST_STORE);
            System.clearProperty(TRUST_STORE_PASSWORD);
        }
    }

    @Test
    void keepsAPinnedTestFromGoingLive() {
        try (LocalUpstream upstream = LocalUpstream.plain(new CompletionsService(true))) {
            assertThat(failures(live(upstream).execute(PinnedTestCases.class))).isEmpty();
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void asksForTheKeyOfTheRealService() {
        run.with(Configuration.MODE, "live").with(Configuration.API_KEY_ENV, "NO_SUCH_KEY");

        assertThat(failures(run.execute(JokeTestCases.class)))
                .hasSize(3)
                .allSatisfy(failure -> assertThat(failure)
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessage("The mode is live and the upstream is https://api.openai.com/v1, but the"
                                + " environment variable NO_SUCH_KEY with the key is not set. Set it, or name another"
                                + " one in llmbudget.api-key-env, or another service in llmbudget.upstream."));
    }

    @Test
    void refusesAModeThatDoesNotExist() {
        run.with(Configuration.MODE, "moch");

        assertThat(failures(run.execute(JokeTestCases.class)))
                .hasSize(3)
                .allSatisfy(
                        failure -> assertThat(failure)
                                .rootCause()
                                .hasMessage(
                                        "llmbudget.mode is 'moch' (junit-platform.properties), but must be mock or live or record or replay."));
    }

    @Test
    void refusesAnUpstreamThatIsNoAddress() {
        run.with(Configuration.MODE, "live").with(Configuration.UPSTREAM, "api.openai.com");

        assertThat(failures(run.execute(JokeTestCases.class)))
                .hasSize(3)
                .allSatisfy(failure -> assertThat(failure)
                        .rootCause()
                        .hasMessage("llmbudget.upstream is 'api.openai.com', but must be the base URL of a service,"
                                + " such as https://api.openai.com/v1."));
    }

    private JupiterRun live(LocalUpstream upstream) {
        return run.with(Configuration.MODE, "live")
                .with(Configuration.UPSTREAM, upstream.baseUrl())
                .with(Configuration.API_KEY_ENV, "UPSTREAM_TEST_KEY");
    }

    private static void assertAllPass(JupiterRun run) {
        EngineExecutionResults results = run.execute(JokeTestCases.class);
        assertThat(failures(results)).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(3);
    }

    private static void assertNoKeyIn(Path directory) {
        try (var files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain(KEY));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path trustStoreWith(HeldCertificate certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("upstream", certificate.certificate());
        Path file = directory.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
