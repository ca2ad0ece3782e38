package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.budget.BudgetGate;
import io.github.llmbudget.budget.BudgetPolicy;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.OtherJvms;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.SpanAddresses;
import io.github.llmbudget.usage.UsageLedger;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many tests that run at once, each with calls of all kinds and hard limits. {@code -Dattribution.repetitions=200} repeats
 * it as often as it takes to trust it.
 */
class AttributionTests {

    private static final int REPETITIONS = Integer.getInteger("attribution.repetitions", 1);
    private static final int TESTS = 64;
    private static final int CALLS = 20;
    private static final String CHAT = "/chat/completions";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EndpointServer server = EndpointServer.start();
    private final ExecutorService tests = Executors.newFixedThreadPool(TESTS);

    @AfterEach
    void stop() {
        tests.shutdownNow();
        server.close();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void givesEachCallToItsOwnTestAndLeavesNothingSetAside() throws Exception {
        Object lock = new Object();
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            List<Future<?>> running = new ArrayList<>();
            for (int own = 0; own < TESTS; own++) {
                OneTest test = new OneTest("model-of-test-" + own, lock);
                running.add(tests.submit(test::run));
            }
            for (Future<?> test : running) {
                test.get();
            }
        }
    }

    private final class OneTest {

        private final String model;
        private final BudgetGate gate;
        private final UsageLedger ledger;

        OneTest(String model, Object lock) {
            this.model = model;
            this.gate = new BudgetGate(
                    model,
                    model,
                    new Budget(
                            List.of(hard(Metric.CALLS, 6 * CALLS), hard(Metric.TOKENS, 1_000_000)),
                            BudgetPolicy.DEFAULT),
                    List.of(),
                    null,
                    PriceCatalog.builtIn(),
                    new BudgetGate.Shared(lock, PATIENCE, OtherJvms.NONE));
            this.ledger = new UsageLedger(PriceCatalog.builtIn(), PATIENCE, gate, SpanAddresses.NONE);
        }

        private static Limit hard(Metric metric, long max) {
            return new Limit(metric, BigDecimal.valueOf(max), "@Hard", "AttributionTests").hardened();
        }

        void run() {
            try (TestEndpoint endpoint = server.openMock(new TestCalls(gate, ledger))) {
                endpoint.otherwise(Reply.stream("one ", "two").usage(8, 2));
                TestClient client = new TestClient(endpoint);
                String bounded = TestClient.chatBody(model, "Hi", ",\"max_tokens\":10");
                String streamed = TestClient.chatBody(model, "Hi", ",\"max_tokens\":10,\"stream\":true");
                List<CompletableFuture<HttpResponse<String>>> elsewhere = IntStream.range(0, CALLS)
                        .mapToObj(i -> client.postAsync(CHAT, bounded))
                        .toList();
                for (int i = 0; i < CALLS; i++) {
                    assertThat(client.post(CHAT, bounded).statusCode()).isEqualTo(200);
                    assertThat(client.post(CHAT, streamed).body()).contains("[DONE]");
                }
                elsewhere.forEach(
                        answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
                for (int i = 0; i < CALLS; i++) {
                    endpoint.reply(Reply.error(500, "again"))
                            .reply(Reply.text("at last").usage(8, 2));
                    assertThat(client.post(CHAT, bounded).statusCode()).isEqualTo(500);
                    assertThat(client.post(CHAT, bounded).statusCode()).isEqualTo(200);
                }
                assertThat(ledger.usage().await()).isTrue();
                assertThat(gate.openPassages()).isZero();
                assertThat(ledger.usage().calls())
                        .hasSize(5 * CALLS)
                        .extracting(LlmCall::requestedModel)
                        .containsOnly(model);
                assertThat(ledger.usage().totalTokens()).isEqualTo(4L * CALLS * 10);
                assertThat(gate.interventions()).isEmpty();
            }
        }
    }
}
