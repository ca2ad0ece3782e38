package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failed;
import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.testing.JupiterRun;
import io.github.llmbudget.testing.Warnings;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("changes system properties and the proxy selector")
class SetUpTests {

    private static final String CURE =
            "\nGive the client the baseUrl() and the apiKey() of an LlmEndpoint parameter, or say @ExpectNoLlmCalls"
                    + " where no call is meant to come.";

    private JupiterRun run;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        run = new JupiterRun(directory);
    }

    @Test
    void leadsClientsFromTheEnvironmentToTheTestThatRuns() {
        System.setProperty("openai.apiKey", "what was there before");
        try {
            assertThat(failures(run.execute(SetUpTestCases.Bound.class))).isEmpty();
            assertThat(System.getProperty("openai.apiKey")).isEqualTo("what was there before");
            assertThat(System.getProperties()).doesNotContainKeys("openai.baseUrl", "anthropic.baseUrl");
        } finally {
            System.clearProperty("openai.apiKey");
        }
    }

    @Test
    void keepsBoundTestsApartInParallel() {
        assertThat(failures(run.inParallel().execute(SetUpTestCases.BoundWithLock.class)))
                .isEmpty();
        assertThat(failures(run.inParallel().execute(SetUpTestCases.WithItsOwnLock.class, SetUpTestCases.Alone.class)))
                .isEmpty();
    }

    @Test
    void refusesToBindWhileOthersMayRun() {
        run.inParallel();

        assertThat(failures(run.execute(SetUpTestCases.WithoutLock.class)))
                .first()
                .isInstanceOf(ConfigurationException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("SetUpTestCases.WithoutLock binds system properties, and other tests may run meanwhile."
                        + " Annotate it or its class with @BindSystemProperties, or with"
                        + " @ResourceLock(Resources.SYSTEM_PROPERTIES) as well.");
        assertThat(failures(run.execute(SetUpTestCases.WithLockForReading.class)))
                .isNotEmpty();
        assertThat(failures(run.execute(SetUpTestCases.OnOneThread.class))).isNotEmpty();
    }

    @Test
    void tellsOnceOfEachWrongBaseUrl() {
        List<String> warnings =
                Warnings.during(() -> assertThat(failures(run.execute(SetUpTestCases.WrongBaseUrl.class)))
                        .isEmpty());

        assertThat(warnings)
                .containsExactlyInAnyOrder(
                        "In SetUpTestCases.WrongBaseUrl.withoutVersion a client called /chat/completions, without the version"
                                + " that the service wants: it was given rootUrl(), and needs baseUrl(). The call was counted"
                                + " all the same.",
                        "In SetUpTestCases.WrongBaseUrl.withVersionTwice a client called /v1/v1/chat/completions, with /v1"
                                + " before v1: it was given baseUrl(), and needs rootUrl(). The call was counted all the"
                                + " same.");
    }

    @Test
    void failsATestWhoseClientTalksToTheServiceItself() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        try (MockWebServer proxy = new MockWebServer()) {
            proxy.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    return new MockResponse.Builder().body("by proxy").build();
                }
            });
            proxy.start();
            ProxySelector selector = ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.getPort()));
            ProxySelector.setDefault(selector);

            var results = run.execute(SetUpTestCases.Bypass.class);

            assertThat(failed(results)).containsExactly("talksToTheServiceItself()");
            assertThat(failures(results))
                    .singleElement()
                    .isInstanceOf(BypassedEndpointError.class)
                    .extracting(Throwable::getMessage)
                    .isEqualTo(
                            "LLM calls not counted: while this test ran, a client connected to api.openai.com itself."
                                    + " Give the client the baseUrl() and the apiKey() of an LlmEndpoint parameter; if its address"
                                    + " cannot be changed, take a CallRecorder and watch the client from within.");
            assertThat(ProxySelector.getDefault()).isSameAs(selector);
            assertThat(failures(run.inParallel().execute(SetUpTestCases.BypassAtOnce.class)))
                    .isEmpty();
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void tellsOfBudgetsThatNoCallCameUnder() {
        assertThat(Warnings.during(() -> run.execute(SetUpTestCases.Idle.class, SetUpTestCases.NotIdle.class)))
                .containsExactly("No LLM call came under these budgets, so they held nothing:"
                        + "\n  @MaxTokens(1000) on SetUpTestCases.Idle"
                        + "\n  @MaxCost(1) on SetUpTestCases.Idle.second"
                        + CURE);
    }

    @Test
    void tellsOfNoBudgetThatCallsCameUnderOutsideOfTestsThatPassed() {
        run.with(Configuration.SUITE_MAX_COST, "1");

        assertThat(Warnings.during(() -> run.execute(
                        SetUpTestCases.NotIdleButFailed.class,
                        SetUpTestCases.NotIdleInSetUp.class,
                        SetUpTestCases.ExpectsNone.class)))
                .isEmpty();
    }
}
