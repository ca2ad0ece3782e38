package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.UsageLedger;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TestEndpointTests {

    private final EndpointServer server = EndpointServer.start();
    private final UsageLedger recorder = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(10));
    private final TestClient client = new TestClient(server.openMock(recorder));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void recordsACallWhoseRequestItsFormatCannotPrepare() {
        HttpResponse<String> answer = client.post("/unpreparable", "{\"model\":\"gpt-4o\",\"messages\":[]}");

        assertThat(answer.body()).contains("llm-budget", "cannot prepare");
        assertThat(recorder.failures()).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(recorder.usage().calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.FAILED);
            assertThat(call.requestedModel()).isEqualTo("gpt-4o");
        });
    }
}
