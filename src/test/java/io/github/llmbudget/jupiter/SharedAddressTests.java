package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.testing.JupiterRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedAddressTests {

    @TempDir
    Path directory;

    private JupiterRun run;

    @BeforeEach
    void prepare() {
        run = new JupiterRun(directory);
    }

    @Test
    void chargesTheTestThatRuns() {
        var results = run.execute(SharedAddressTestCases.OneAfterTheOther.class);

        assertThat(failures(results))
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("LLM budget exceeded: 1 call refused");
    }

    @Test
    void failsATestWhoseEndpointCannotBeOpened() {
        run.with(Configuration.MODE, "live").with(Configuration.API_KEY_ENV, "LLMBUDGET_TEST_NO_SUCH_KEY");

        assertThat(failures(run.execute(SharedAddressTestCases.WithoutParameters.class)))
                .singleElement()
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void failsAllTestsThatACallMayBelongTo() {
        var failures = failures(run.inParallel().execute(SharedAddressTestCases.AtOnceWithoutSayingWhose.class));

        assertThat(failures)
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(UnattributedCallError.class)
                        .hasMessageStartingWith(
                                "LLM calls unattributed: 1 call to the shared address may belong to several"
                                        + " tests that ran at once. None was sent.\n\n  POST /v1/chat/completions: ")
                        .hasMessageContaining("SharedAddressTestCases.AtOnceWithoutSayingWhose.test[1]")
                        .hasMessageContaining("SharedAddressTestCases.AtOnceWithoutSayingWhose.test[2]")
                        .hasMessageContaining("X-LlmBudget-Test"));
    }

    @Test
    void tellsTestsThatRunAtOnceApartByTheirHeader() {
        assertThat(failures(run.inParallel().execute(SharedAddressTestCases.AtOnceByHeader.class)))
                .isEmpty();
    }

    @Test
    void tellsAClassThatIsSetUpFromATestThatRuns() {
        assertThat(failures(run.inParallel()
                        .with("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                        .execute(
                                SharedAddressTestCases.SetUpMeanwhile.Testing.class,
                                SharedAddressTestCases.SetUpMeanwhile.SettingUp.class)))
                .isEmpty();
    }

    @Test
    void givesCallsOutsideOfTestsToTheirClass() throws IOException {
        assertThat(failures(run.execute(SharedAddressTestCases.AroundTheTests.class)))
                .isEmpty();

        try (var journals = Files.list(directory.resolve("journal"))) {
            assertThat(journals.findFirst().orElseThrow())
                    .content()
                    .contains("\"kind\":\"CLASS\"")
                    .contains("\"name\":\"SharedAddressTestCases.AroundTheTests (class)\"");
        }
    }

    @Test
    void keepsItsAddressFromRunToRun() {
        String address = SharedAddressTestCases.CLIENT.baseUrl();

        run.execute(SharedAddressTestCases.AroundTheTests.class);

        assertThat(SharedAddressTestCases.CLIENT.baseUrl()).isEqualTo(address);
        assertThat(failures(run.execute(SharedAddressTestCases.AroundTheTests.class)))
                .isEmpty();
    }

    @Test
    void givesSpansTheirOwnAddresses() {
        assertThat(failures(run.execute(SharedAddressTestCases.SpansByAddress.class)))
                .isEmpty();
    }
}
